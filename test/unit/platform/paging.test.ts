import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cursorOf } from '#shared/platform/paging.ts';

const files = cursorOf('files', z.object({ after: z.string() }));
const errors = cursorOf('errors', z.object({ after: z.string() }));

describe('a cursor', () => {
  it('comes back as it was', () => {
    expect(files.decode(files.encode({ after: 'log_1' }))).toEqual({ after: 'log_1' });
  });

  it.each([
    ['of another list', errors.encode({ after: 'log_1' })],
    ['that was cut', files.encode({ after: 'log_1' }).slice(0, -6)],
    ['of another shape', Buffer.from('["files",{"after":7}]').toString('base64url')],
    ['that is anything', 'hello'],
    ['that is empty', ''],
  ])('%s is refused with the place it was in', (_, text) => {
    expect(() => files.decode(text)).toThrow(
      expect.objectContaining({ code: 'request.cursor-invalid', errors: [expect.objectContaining({ pointer: '/query/cursor' })] }),
    );
  });
});
