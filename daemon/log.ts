import pino from 'pino'
import type { Log } from '../core/ports/log.ts'

/** A log that writes JSON lines to standard error, so that standard output stays free for answers. */
export function createLog(level: string = process.env['QUAYSIDE_LOG'] ?? 'info'): Log {
  return wrap(pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true })))
}

/** A log that says nothing, for commands whose answer is all there is to say. */
export const silentLog: Log = wrap(pino({ level: 'silent' }))

function wrap(logger: pino.Logger): Log {
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
    child: (fields) => wrap(logger.child(fields)),
  }
}
