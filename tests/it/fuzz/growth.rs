//! Four times as long an input takes about four times as long: no reader's work grows as the square of what it reads.
//!
//! Times are compared with each other, not with a clock on the wall: each the least of several runs, at a length where a run
//! takes long enough to be measured. Work in proportion gives 4, the square 16; more than 9 three times over is a fault.

use super::targets::Target;
use std::time::{Duration, Instant};

/// A run that takes so long can be measured.
const ENOUGH: Duration = Duration::from_millis(6);
/// A run that takes so long needs no second one.
const LONG: Duration = Duration::from_millis(400);
/// The longest input at its first length; four times as much is asked then.
const LONGEST: usize = 256 << 10;
const SHORTEST: usize = 4 << 10;
/// What the longest input may take, whatever the ratio: then the square, if there is one, is of something small.
const LITTLE: Duration = Duration::from_millis(150);
/// How much longer four times as much may take.
const MOST: f64 = 9.0;

fn time(target: &Target, input: &[u8]) -> Duration {
    let begun = Instant::now();
    (target.run)(input);
    begun.elapsed()
}

/// The least of some runs: what disturbs a run only makes it longer, and a long one by a small part.
fn least(target: &Target, input: &[u8]) -> Duration {
    let first = time(target, input);
    let more = if first > LONG { 0 } else { 2 };
    (0..more).map(|_| time(target, input)).fold(first, Duration::min)
}

/// How much longer four times as much takes, at a length where it can be told. What every run costs, whatever it reads, is
/// left out of account.
fn growth(target: &Target, shape: fn(usize) -> Vec<u8>) -> (f64, usize, Duration) {
    let idle = least(target, &shape(64));
    let mut n = SHORTEST;
    let mut once = least(target, &shape(n));
    while n < LONGEST && once < idle * 2 + ENOUGH {
        n *= 2;
        once = least(target, &shape(n));
    }
    let more = least(target, &shape(4 * n));
    let own = |span: Duration| span.saturating_sub(idle).as_secs_f64();
    (own(more) / own(once).max(ENOUGH.as_secs_f64() / 2.0), n, more)
}

/// What is wrong with a target's growth, shape by shape.
fn faults(target: &Target) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, shape) in target.shapes {
        let mut tries = Vec::new();
        for _ in 0..3 {
            let begun = Instant::now();
            let (ratio, n, took) = growth(target, *shape);
            eprintln!(
                "{}, {name}: ×{ratio:.1} from {n} bytes, {took:?} (measured in {:?})",
                target.name,
                begun.elapsed()
            );
            tries.push(format!("×{ratio:.1} from {n} bytes ({took:?})"));
            if ratio <= MOST || took < LITTLE {
                tries.clear();
                break;
            }
        }
        if !tries.is_empty() {
            faults.push(format!("{}, {name}: {}", target.name, tries.join(", ")));
        }
    }
    faults
}

/// One test a target: runs beside each other are disturbed alike, and a fault of one hides none of another.
macro_rules! growths {
    ($($name:ident),* $(,)?) => {$(
        #[test]
        fn $name() {
            let faults = faults(&super::targets::$name());
            assert!(faults.is_empty(), "four times as much takes more than {MOST} times as long:\n  {}", faults.join("\n  "));
        }
    )*};
}

growths!(content, markdown, search, mongolian, csv, po, locale, template, slug, address, archive, list);

#[cfg(feature = "xlsx")]
growths!(xlsx);
