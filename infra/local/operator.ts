/** The operator of the machine: may do everything, like the account's own administrator. The keys guard nothing beyond the loopback. */
export const operator = { accessKeyId: 'local', secretAccessKey: 'local-secret' } as const;
