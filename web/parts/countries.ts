// ISO 3166-1 alpha-2.
const codes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );
/** Names in daily use that no list of names has, as `bare` leaves them. */
const also: Readonly<Record<string, string>> = {
  anh: 'GB',
  uk: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  britain: 'GB',
  greatbritain: 'GB',
  my: 'US',
  usa: 'US',
  america: 'US',
  unitedstatesofamerica: 'US',
  nhat: 'JP',
  korea: 'KR',
  han: 'KR',
  republicofkorea: 'KR',
  uc: 'AU',
  niudilan: 'NZ',
  hongkong: 'HK',
  macao: 'MO',
  macau: 'MO',
  peoplesrepublicofchina: 'CN',
  uae: 'AE',
  emirates: 'AE',
  tieuvuongquocarapthongnhat: 'AE',
  arapsaudi: 'SA',
  thuysy: 'CH',
  singapo: 'SG',
  malaixia: 'MY',
  indonexia: 'ID',
  philippin: 'PH',
  myanmar: 'MM',
  mianma: 'MM',
  miendien: 'MM',
  burma: 'MM',
  conghoasec: 'CZ',
  czechrepublic: 'CZ',
  y: 'IT',
  italia: 'IT',
  ailen: 'IE',
  turkey: 'TR',
  holland: 'NL',
  russianfederation: 'RU',
  lienbangnga: 'RU',
  bvi: 'VG',
};

type Language = 'vi' | 'en';
const names = {
  vi: new Intl.DisplayNames('vi', { type: 'region' }),
  en: new Intl.DisplayNames('en', { type: 'region' }),
};

/** What a country is called; a code that is none stays itself. */
export const countryName = (code: string, language: Language): string =>
  codes.includes(code) ? (names[language].of(code) ?? code) : code;

/** Without signs over letters, so that a name is found however it is typed. */
const bare = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/^the /, '')
    .replaceAll(/[^a-z]/g, '');

let byName: ReadonlyMap<string, string> | undefined;

/** The code of a country by its name in Vietnamese or English, or by its code; undefined where it is none. `MY` is a code, `my` is Mỹ. */
export function countryOf(typed: string): string | undefined {
  const text = typed.trim();
  if (codes.includes(text)) return text;
  byName ??= new Map([
    ...codes.flatMap((one) => [names.vi, names.en].map((known) => [bare(known.of(one) ?? one), one] as const)),
    ...Object.entries(also),
  ]);
  return byName.get(bare(text)) ?? codes.find((one) => one === text.toUpperCase());
}

/** Every country with its name, in the order of names. */
export const countriesIn = (language: Language): { readonly code: string; readonly name: string }[] =>
  codes
    .map((code) => ({ code, name: countryName(code, language) }))
    .sort((one, other) => one.name.localeCompare(other.name, language));
