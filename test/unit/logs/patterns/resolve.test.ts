/**
 * Which messages are one pattern.
 */
import { describe, expect, it } from 'vitest';
import { patternsOf, templatesOf } from './mined.ts';

const users = ['webmaster', 'root', 'PlcmSpIp', 'oracle', 'ann', 'git'];
const count = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('messages that are one pattern', () => {
  it('differ in numbers, addresses and ids', () => {
    expect(templatesOf(['Receiving blk_1 src: /10.0.0.1:80', 'Receiving blk_-22 src: /10.9.9.9:5070'])).toEqual([
      'Receiving blk_<*> src: /<*>:<*>',
    ]);
  });

  it('differ in names behind a preposition or a sign', () => {
    expect(templatesOf(users.map((user) => `Failed password for ${user} from 10.0.0.1 port 22 ssh2`))).toEqual([
      'Failed password for <*> from <*> port <*> ssh2',
    ]);
    expect(templatesOf(users.map((user) => `login name=${user} tty=ssh`))).toEqual(['login name=<*> tty=ssh']);
  });

  it('differ in the name of a user, however few there are', () => {
    expect(templatesOf(['session closed for user ann', 'session closed for user bob'])).toEqual(['session closed for user <*>']);
  });

  it('have a value or none between the same signs', () => {
    expect(
      templatesOf([
        'connection from 10.0.0.1 () at 12',
        'connection from 10.0.0.1 (web-1.acme.test) at 12',
        'connection from 10.0.0.1 (10.2.2.2) at 13',
      ]),
    ).toEqual(['connection from <*> (<*>) at <*>']);
  });

  it('list more or fewer values', () => {
    expect(templatesOf(['ask to delete  blk_1', 'ask to delete  blk_1 blk_2 blk_3', 'ask to delete  blk_4 blk_-5'])).toEqual([
      'ask to delete  blk_<*>',
    ]);
  });

  it('differ in the digit of a name', () => {
    expect(templatesOf(['link eth0 is up', 'link eth1 is up'])).toEqual(['link eth<*> is up']);
    expect(templatesOf(['link eth0 is up', 'link eth0 is up'])).toEqual(['link eth0 is up']);
  });

  it('write one value in several ways', () => {
    const closed = ['0 bytes sent, lifetime 00:01', '1190 bytes (1.16 KB) sent, lifetime <1 sec', '403 bytes sent, lifetime <1 sec'];
    const hosts = ['get.acme.test:80', 'proxy.acme.test:5070', 'mail.acme.test:25'];
    expect(templatesOf(hosts.flatMap((host) => closed.map((rest) => `${host} close, ${rest}`)))).toHaveLength(1);
  });

  it('name different hosts with their ports', () => {
    expect(templatesOf(['web-1.acme.test:80 is slow', 'db.eu.acme.test:5432 is slow'])).toEqual(['<*>:<*> is slow']);
    expect(templatesOf(['Shop.java:12 is slow', 'Cart.java:17 is slow'])).toHaveLength(2);
  });

  it('name different classes as parameters', () => {
    const classes = ['com.acme.job.Type', 'com.acme.task.Type', 'com.acme.speculate.Event'];
    expect(templatesOf(classes.map((name) => `Registering class ${name} for ${name}Handler`))).toEqual(['Registering class <*> for <*>']);
  });

  it('differ in blanks', () => {
    expect(templatesOf(['size   5 of   12', 'size  15 of    2'])).toHaveLength(1);
  });
});

describe('messages that are different patterns', () => {
  it('differ in a word', () => {
    const messages = ['VM Started (Lifecycle Event)', 'VM Paused (Lifecycle Event)', 'VM Stopped (Lifecycle Event)'];
    expect(templatesOf(messages)).toEqual(messages.toSorted());
  });

  it('tell what became of one thing', () => {
    const messages = ['client connected', 'client disconnected', 'user created', 'user deleted', 'user 12 locked', 'user 12 unlocked'];
    expect(templatesOf(messages)).toHaveLength(messages.length);
  });

  it('failed to do different things', () => {
    const messages = ['connect', 'start', 'bind', 'load', 'stop', 'write'].map((verb) => `failed to ${verb} in time`);
    expect(templatesOf(messages)).toEqual(messages.toSorted());
  });

  it('say different things behind the same start', () => {
    const messages = [
      'reading socket: Connection reset by peer',
      'reading socket: Connection timed out',
      'reading socket: Link has been severed',
    ];
    expect(templatesOf(messages)).toEqual(messages.toSorted());
  });

  it('are about different services', () => {
    const messages = ['cupsd', 'klogd', 'portmap', 'irqbalance', 'sdpd', 'hcid'].map((name) => `${name} startup succeeded`);
    expect(templatesOf(messages)).toEqual(messages.toSorted());
  });

  it('differ in two words at once, one of them a value', () => {
    expect(templatesOf(['failed for ann: timeout reached', 'opened for bob: all went well'])).toHaveLength(2);
  });

  it('are JSON events with different texts and levels, whatever else they hold', () => {
    const names = ['api', 'worker', 'mailer', 'billing', 'search'];
    const events = names.flatMap((name, i) => [
      `{"level":"info","name":"${name}","msg":"started"}`,
      `{"level":"error","name":"${name}","msg":"order ${i} failed"}`,
      `{"level":"error","name":"${name}","msg":"stopped"}`,
      `{"level":"warn","name":"${name}","msg":"ready"}`,
      `{"level":"debug","name":"${name}","msg":"idle"}`,
    ]);
    expect(templatesOf(events)).toEqual([
      '{"level":"debug","name":"<*>","msg":"idle"}',
      '{"level":"error","name":"<*>","msg":"order <*> failed"}',
      '{"level":"error","name":"<*>","msg":"stopped"}',
      '{"level":"info","name":"<*>","msg":"started"}',
      '{"level":"warn","name":"<*>","msg":"ready"}',
    ]);
  });
});

describe('a list of patterns', () => {
  it('counts every line once, the most frequent pattern first', () => {
    const patterns = patternsOf([...count(7).map((n) => `order ${n} paid`), ...count(3).map((n) => `order ${n} lost`), 'ready']);
    expect(patterns.map(({ template, count }) => [template, count])).toEqual([
      ['order <*> paid', 7],
      ['order <*> lost', 3],
      ['ready', 1],
    ]);
  });

  it('gives no id twice', () => {
    const ids = patternsOf(count(500).map((n) => `w${n % 7} step ${n} of${' x'.repeat(n % 5)} (${n % 3 ? n : ''}) u=${users[n % 6]}`)).map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});
