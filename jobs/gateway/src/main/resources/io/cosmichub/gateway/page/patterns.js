// What comes together at the end of a window: combinations of aspects, and named figures. Told from a sample, so each share has an interval.

import {aspectName, count, el, percent, scroll, when} from './words.js';

const GROUPS = new Map([
  ['pairs', ['Among all pairs', 'pairs']],
  ['high-scorers', ['Among high scorers, the tenth of the pairs with the highest scores', 'high scorers']],
  ['charts', ['In single charts', 'charts']],
]);
const FIGURES = new Map([
  ['grand_trine', 'Grand trine'], ['t_square', 'T-square'], ['yod', 'Yod'], ['grand_cross', 'Grand cross'], ['kite', 'Kite'], ['stellium', 'Stellium'],
]);
const HEAD = ['What comes together', 'Support', 'Confidence', 'Lift'];
const times = (lift) => lift.toFixed(2);

export class Patterns {
  #shown = null;
  #empty = el('p', {class: 'quiet'});
  #window = el('p', {class: 'sub'});
  #table = el('table', {class: 'plain', 'data-testid': 'patterns'}, el('caption', {class: 'visually-hidden'}, 'What comes together'),
    el('thead', {}, el('tr', {}, ...HEAD.map((name) => el('th', {scope: 'col'}, name)))));
  #region = scroll('What comes together', this.#table);
  element = el('div', {class: 'card'}, el('h2', {}, 'What comes together'), this.#empty, this.#window, this.#region);

  constructor() { this.#region.classList.add('tall'); }

  draw(cohort, patterns) {
    const told = JSON.stringify([cohort, patterns]);
    if (told === this.#shown) return;
    this.#shown = told;
    this.#empty.hidden = Boolean(patterns);
    this.#window.hidden = this.#region.hidden = !patterns;
    this.#table.querySelectorAll('tbody').forEach((body) => body.remove());
    if (!patterns) {
      this.#empty.textContent = `Nothing has been published of what comes together in ${cohort}. It is told when a window of patterns has closed, which is a day of event time unless the job says otherwise, `
        + 'and of what rests on enough people only. A job with cosmichub.population.patterns=0 does not look for it.';
      return;
    }
    this.#window.textContent = `The window from ${when(patterns.windowStart)} to ${when(patterns.windowEnd)}. Support: who has all of it. Confidence: who has the last of it, of those with the rest. `
      + 'Lift: how many times as often as in the whole group. In brackets where it lies among all, at 95 %; for lift, if the whole group is as the sample has it.';
    for (const [group, [title, noun]] of GROUPS) this.#table.append(body(title, noun, patterns.found.filter((one) => one.group === group)));
  }
}

function body(title, noun, found) {
  const first = found[0];
  const of = first ? `: ${count(Number(first.among))} in the sample${first.sample ? `, which takes ${percent(first.sample)}` : ''}` : '';
  const rows = [...found.filter((one) => one.rule), ...found.filter((one) => !one.rule)].map(row);
  const none = el('tr', {}, el('td', {colspan: 4, class: 'quiet'}, `Nothing in this window rests on enough ${noun}${noun === 'high scorers' ? '; before some 200 pairs are in the sample, none does' : ''}.`));
  return el('tbody', {}, el('tr', {}, el('th', {scope: 'rowgroup', colspan: 4, class: 'group'}, title + of)), ...rows.length ? rows : [none]);
}

function row({group, given, then, count: having, support, supportInterval, rule}) {
  const cells = [between(support, supportInterval, percent, `, ${count(Number(having))}`),
    rule ? between(rule.confidence, rule.confidenceInterval, percent) : '–', rule ? lift(rule) : '–'];
  return el('tr', {}, el('th', {scope: 'row'}, ...given?.length ? combination(given, then) : [figure(then, group)]), ...cells.map((cell) => el('td', {}, cell)));
}

const combination = (given, then) => [given.map(aspectName).join(' and '), el('span', {'aria-hidden': 'true'}, ' → '), el('span', {class: 'visually-hidden'}, ' and with it '), aspectName(then)];
const figure = (id, group) => (FIGURES.get(id) ?? id) + (group === 'charts' ? '' : ' across the two charts');
const between = (value, {low, high}, words, more = '') => `${words(value)} (${words(low)} to ${words(high)})${more}`;

function lift({confidence, confidenceInterval: {low, high}, lift: value}) {
  const share = confidence / value; // of the whole group
  return share > 0 ? between(value, {low: low / share, high: high / share}, times) : times(value);
}
