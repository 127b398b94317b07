/** The thread in which a module is tried: says that it has been loaded, or that it has failed. */
import { parentPort, workerData } from 'node:worker_threads';
import { importModuleCode } from '../theorem/load-module.js';

await importModuleCode((workerData as { readonly code: string }).code).catch(() => undefined);
parentPort?.postMessage('done');
