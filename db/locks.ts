/** Advisory locks of the register, by what one process or transaction at a time may do; each number once. */
export const locks = {
  /** Uploads: what a person keeps is counted while one is added. */
  uploads: 7_310_261,
  /** Tries of a PIN: counted before the answer. */
  pin: 7_310_262,
  /** Legal holds are placed, or something is erased. */
  holds: 7_310_263,
  /** A yearly run proposes erasures: what waits to be decided is counted before more is proposed. */
  erasureRun: 7_310_265,
  /** Which worker leads. */
  leader: 7_310_264,
  /** Migrations. */
  migrations: 7_310_260_412,
  /** The rehearsal clock moves. */
  rehearsal: 7_310_260_413,
  /** Commands hold it shared, a publication of law alone: no command is decided while the law changes. */
  law: 7_310_260_414,
} as const;
