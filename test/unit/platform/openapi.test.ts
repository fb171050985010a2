import { describe, expect, it } from 'vitest';
import { apiDescription } from '#infra/api-description.ts';
import { type ApiDescription, apiTypes, typeOf } from '#infra/api-types.ts';

const document = apiDescription() as ApiDescription;

describe('docs/openapi.json', () => {
  it('is what the routes say (renew it with `npx vitest run openapi --update`)', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../../../docs/openapi.json');
  });

  it('says which routes are open, which want a fresh second factor, and that nothing is answered with nothing', () => {
    const { paths } = document as unknown as { paths: Record<string, Record<string, Record<string, unknown>>> };
    expect(paths['/api/admin/auth/sign-in']?.['post']).toMatchObject({ description: 'Open to anybody.' });
    expect(paths['/api/admin/members/{memberId}/status']?.['post']).toMatchObject({
      security: [{ bearer: [] }],
      description: 'Needs the permission `members:decide` and a second factor of the last 5 minutes.',
    });
    expect(paths['/api/admin/auth/sign-out']?.['post']?.['responses']).toMatchObject({
      204: { description: 'Ends the session in the cookie' },
    });
    expect(paths['/api/admin/auth/sign-out']?.['post']?.['responses']).not.toHaveProperty('204.content');
  });
});

describe('web/api/schema.d.ts', () => {
  it('is made of the same description (renew it with `npx vitest run openapi --update`)', async () => {
    await expect(await apiTypes(document)).toMatchFileSnapshot('../../../web/api/schema.d.ts');
  });

  it.each([
    [{ type: ['string', 'null'] }, '(string | null)'],
    [{ enum: ['id', 'en'] }, '("id" | "en")'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Member' } }, '(components[\'schemas\']["Member"])[]'],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, 'Record<string, number>'],
    [{ anyOf: [{ const: 1 }, { type: 'boolean' }] }, '(1 | boolean)'],
    [{ description: 'Anything.' }, 'unknown'],
  ])('writes %j as %s', (schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });

  it('refuses what it does not know instead of guessing', () => {
    expect(() => typeOf({ type: 'tuple' })).toThrow('tuple');
    expect(() => typeOf({ prefixItems: [] } as object)).toThrow('prefixItems');
  });
});
