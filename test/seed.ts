/** One seed for all property tests: a red run is red again. */
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 2022 });
