import { describe, expect, it } from 'vitest';
import { allows, mayPass } from '#shared/platform/permissions.ts';

describe('permissions', () => {
  it.each([
    [['admin'], '/api/admin/users', true],
    [['ops'], '/api/admin/users', false],
    [['ops'], '/api/admin/logs/files', true],
    [['member', 'ops'], '/api/admin/logs/errors/err_1', true],
    [['member'], '/api/admin/logs/files', false],
    [[], '/api/admin/logs/files', false],
    [['admin'], '/api/somewhere/new', false],
    [['ops'], '/api/admin/logsmith', false],
  ])('%j to %s: %s', (roles, path, expected) => {
    expect(mayPass(roles, path)).toBe(expected);
  });

  it('are granted by any one of the roles', () => {
    expect(allows(['member', 'ops'], 'logs:read')).toBe(true);
    expect(allows(['member'], 'logs:read')).toBe(false);
  });
});
