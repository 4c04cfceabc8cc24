// What an Inception block costs, as dlbook.googlenet does it: parameters and multiply-adds, branch by branch.
// A block: c channels in; one, three, five: of the kernels; reduce3, reduce5: of the 1×1 before them; pool: of the 1×1 behind the pooling.

const row = (c, one, reduce3, three, reduce5, five, pool, size) => ({ c, one, reduce3, three, reduce5, five, pool, size });

/** The nine blocks of GoogLeNet, with the size of their maps. */
export const BLOCKS = {
  "3a": row(192, 64, 96, 128, 16, 32, 32, 28),
  "3b": row(256, 128, 128, 192, 32, 96, 64, 28),
  "4a": row(480, 192, 96, 208, 16, 48, 64, 14),
  "4b": row(512, 160, 112, 224, 24, 64, 64, 14),
  "4c": row(512, 128, 128, 256, 24, 64, 64, 14),
  "4d": row(512, 112, 144, 288, 32, 64, 64, 14),
  "4e": row(528, 256, 160, 320, 32, 128, 128, 14),
  "5a": row(832, 256, 160, 320, 32, 128, 128, 7),
  "5b": row(832, 384, 192, 384, 48, 128, 128, 7),
};

/** The convolutions of each branch: channels in, channels out, kernel. No channels: no 1×1. */
export const convolutions = ({ c, one, reduce3, three, reduce5, five, pool }) => {
  const reduced = (first, out, k) => (first ? [[c, first, 1], [first, out, k]] : [[c, out, k]]);
  return {
    "1x1": reduced(0, one, 1),
    "3x3": reduced(reduce3, three, 3),
    "5x5": reduced(reduce5, five, 5),
    pool: pool ? reduced(0, pool, 1) : [],
  };
};

/** What each branch costs: a weight for each pair of channels and pixel of the kernel, and a bias for each new channel. */
export const costs = (block) => {
  const count = (chain, one) => chain.reduce((sum, layer) => sum + one(layer), 0);
  return Object.fromEntries(Object.entries(convolutions(block)).map(([name, chain]) => [name, {
    parameters: count(chain, ([a, b, k]) => (a * k * k + 1) * b),
    multiply_adds: count(chain, ([a, b, k]) => a * b * k * k * block.size ** 2),
  }]));
};

/** How many channels come out. */
export const gives = ({ c, one, three, five, pool }) => one + three + five + (pool || c);

/** The same block without a bottleneck before its kernels. */
export const bare = (block) => ({ ...block, reduce3: 0, reduce5: 0 });

/** With fewer channels than this a bottleneck before a kernel pays. */
export const breakEven = (c, out, k) => (k * k * c * out) / (c + k * k * out);

/** The reduction before a kernel of k by k with which its branch costs so much. */
export const reductionFor = (cost, { c, size }, out, k, count) =>
  count === "parameters" ? (cost - out) / (c + 1 + k * k * out) : cost / ((k * k * out + c) * size ** 2);

/** What of the tasks a block fulfils: the fewest channels before the 5×5 that no longer pay, a tenth of the cost, the heaviest of the nine. */
export const done = ({ block, count, ...state }) => {
  const fives = (reduce5) => costs({ ...state, reduce5 })["5x5"][count];
  const whole = (plan) => total(costs(plan), count);
  const { reduce5 } = state;
  const heaviest = Object.keys(BLOCKS).reduce((one, other) => (whole(BLOCKS[other]) > whole(BLOCKS[one]) ? other : one));
  const found = {
    even: reduce5 > 1 && fives(reduce5) >= fives(0) && fives(reduce5 - 1) < fives(0),
    tenth: whole(bare(state)) >= 10 * whole(state),
    heaviest: count === "parameters" && block === heaviest,
  };
  return Object.keys(found).filter((task) => found[task]);
};

/** One of the two counts, over all branches. */
export const total = (found, count) => Object.values(found).reduce((sum, cost) => sum + cost[count], 0);
