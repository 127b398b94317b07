/** All cells of a map on a pool, in order; each is handed over as soon as it and those before it are done. */
import type { Pool } from '../../check/pool.js';
import type { Target } from '../../theorem/registry.js';
import type { Certified } from '../exact/lift.js';
import type { CertificateOrigin } from '../labels.js';
import type { SearchOutcome, SearchTask } from '../task.js';
import { type MapCell, type Place, judgeCell, planCell } from './cell.js';

export interface MapOptions {
  /** The cells that are wanted, in the order in which they are done. */
  readonly places: readonly Place[];
  readonly rounds: number;
  readonly seed: number;
  /** Where the certificate of a cell comes from. */
  readonly originOf: (place: Place) => CertificateOrigin;
  /** A cell that is done, with its certificate. */
  readonly onCell: (cell: MapCell, certified: Certified | undefined) => void;
  readonly onProgress?: (state: { readonly done: number; readonly total: number; readonly at: Place }) => void;
  readonly shouldStop?: () => boolean;
  readonly abort?: AbortSignal;
}

/** Whether all cells were done. */
export async function drawMap(target: Target, pool: Pool, options: MapOptions): Promise<boolean> {
  const { places, rounds, seed } = options;
  const cells = places.map((place) => planCell(target, place, rounds, seed));
  const total = cells.reduce((sum, x) => sum + x.tasks.length, 0);
  let at = 0;
  let outcomes: SearchOutcome[] = [];
  /** Hands over the cells whose last task is done, and those that have none. */
  const handOver = (): void => {
    for (let cell = cells[at]; cell?.tasks.length === outcomes.length; cell = cells[at]) {
      const judged = judgeCell(target, cell, outcomes, options.originOf(cell.place));
      options.onCell(judged.cell, judged.certified);
      at += 1;
      outcomes = [];
    }
  };
  handOver();
  const { completed } = await pool.run<SearchTask, SearchOutcome>(
    cells.flatMap((x) => x.tasks),
    {
      onResult: (index, outcome) => {
        const cell = cells[at];
        outcomes.push(outcome);
        if (cell !== undefined) options.onProgress?.({ done: index + 1, total, at: cell.place });
        handOver();
        return undefined;
      },
      ...(options.shouldStop === undefined ? {} : { shouldStop: options.shouldStop }),
      ...(options.abort === undefined ? {} : { abort: options.abort }),
    },
  );
  return completed === total;
}
