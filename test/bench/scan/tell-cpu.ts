/** Preloaded: prints the processor time of the whole process as it ends, in seconds. */
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write(`cpu-seconds ${(user + system) / 1e6}\n`);
});
