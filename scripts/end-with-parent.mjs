// Loaded into the server: when the process that started it is gone, however it went, the server ends as if it had been told to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
