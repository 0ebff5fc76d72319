/** One part of a JSON schema, as far as settings use it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type Json = Readonly<Record<string, unknown>>;
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema without the choice of nothing, and whether there was one. */
export function withoutNull(schema: Schema): { readonly schema: Schema; readonly nullable: boolean } {
  const { anyOf, type } = schema;
  if (Array.isArray(type) && type.includes('null')) {
    const [other = 'string'] = type.filter((one) => one !== 'null');
    return { schema: { ...schema, type: other }, nullable: true };
  }
  const rest = anyOf?.filter((one) => one.type !== 'null') ?? [];
  const [only] = rest;
  return anyOf !== undefined && rest.length === 1 && only !== undefined
    ? { schema: only, nullable: rest.length < anyOf.length }
    : { schema, nullable: false };
}

/** The values among which one is chosen; undefined where it is no choice. */
export function choicesOf({ enum: values, anyOf }: Schema): readonly (string | number)[] | undefined {
  if (values !== undefined) return values;
  const constants = anyOf?.map((one) => one.const) ?? [];
  return constants.length > 0 && constants.every((one) => typeof one === 'string' || typeof one === 'number')
    ? constants
    : undefined;
}

/** Of shapes that are told apart by `kind`: each kind with its shape. */
export function kindsOf({ oneOf, anyOf }: Schema): ReadonlyMap<string, Schema> {
  return new Map(
    (oneOf ?? anyOf ?? []).flatMap((shape) => {
      const kind = shape.properties?.['kind'];
      const names = kind?.enum ?? (typeof kind?.const === 'string' ? [kind.const] : []);
      return names.map((name) => [name, shape] as const);
    }),
  );
}

/** What a new one begins with: empty, and only what has to be there. */
export function blankOf(given: Schema): unknown {
  const { schema, nullable } = withoutNull(given);
  if (nullable) return null;
  const kinds = kindsOf(schema);
  const [first] = kinds;
  if (first !== undefined) return ofKind({}, first[0], first[1]);
  if (schema.const !== undefined) return schema.const;
  const choices = choicesOf(schema);
  if (choices !== undefined) return choices[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name))
          .map(([name, part]) => [name, blankOf(part)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => blankOf(schema.items ?? {}));
    case 'boolean':
      return false;
    default:
      return '';
  }
}

/** The same of another kind: what both have stays. */
export function ofKind(value: Json, kind: string, shape: Schema): Json {
  const kept = Object.entries(shape.properties ?? {}).flatMap(([name, part]) => {
    if (name === 'kind') return [['kind', kind] as const];
    if (name in value) return [[name, value[name]] as const];
    return shape.required?.includes(name) ? [[name, blankOf(part)] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** What was typed into a field of this shape; a number with comma or point. What is none stays as it was typed, and the API says what is wrong. */
export function typedAs(schema: Schema, text: string): unknown {
  if (schema.type !== 'integer' && schema.type !== 'number') return text.normalize('NFC');
  const bare = text.trim().replace(',', '.');
  return bare !== '' && Number.isFinite(Number(bare)) ? Number(bare) : text;
}
