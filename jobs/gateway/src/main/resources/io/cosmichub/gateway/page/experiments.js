// Experiments: what each arm measured, how sure that is, and what it allows to say.

import {count, el, refill, svg, when} from './words.js';

const VERDICTS = {CONTINUE: 'goes on', SHIP: 'ship', STOP: 'stop', INVALID: 'invalid'};
const number = (value) => Number(value.toPrecision(4)).toString();
const interval = (estimate) => estimate ? `${number(estimate.estimate)} (${number(estimate.low)} to ${number(estimate.high)})` : 'too little is known';

export class ExperimentsView {
  #connection;
  #info;
  #note = el('p', {class: 'empty'});
  #list = el('div', {class: 'experiments'});

  constructor(root, connection, info) {
    this.#connection = connection;
    this.#info = info;
    root.append(el('h1', {id: 'experiments-title', class: 'view-title'}, 'Experiments'), this.#note, this.#list);
    connection.addEventListener('experiments', (event) => this.#told(event.detail.experiments));
  }

  enter() {
    this.#say('Waiting for the gateway to say where the experiments stand.');
    const info = this.#info();
    if (info && !info.experiments) this.#say('Your token does not allow to see experiments: its claim experiments is not true.');
    else this.#connection.followExperiments(true);
  }

  leave() { this.#connection.followExperiments(false); }

  #say(words) {
    this.#note.textContent = words;
    this.#note.hidden = false;
  }

  #told(experiments) {
    if (experiments.length === 0) this.#say('There are no results. An experiment is defined by a record of cosmichub.control.v1; its figures come from the feedback of people who were scored as one of its arms: docs/models.md.');
    else this.#note.hidden = true;
    refill(this.#list, experiments, () => experiments.map(card));
  }
}

function card(result) {
  const verdict = result.verdict ?? 'CONTINUE';
  const arms = result.arms ?? [];
  const effects = arms.map((arm) => arm.effect).filter(Boolean);
  const reach = Math.max(...effects.flatMap((effect) => [Math.abs(effect.low), Math.abs(effect.high)]), 1e-9);
  return el('article', {class: 'card experiment', 'data-key': result.experiment},
    el('h2', {}, result.experiment, ' ', el('span', {class: `verdict ${verdict.toLowerCase()}`}, VERDICTS[verdict] ?? verdict)),
    el('p', {}, result.reason ?? ''),
    result.sampleRatioBroken ? el('p', {class: 'problem'}, 'The arms did not get people in the ratio of their weights: no figure means anything.') : null,
    table(`Arms of ${result.experiment}`, ['Arm', 'People', 'Should be', result.primaryMetric ?? 'Metric', 'More than the control', ''],
      arms.map((arm) => [arm.arm, count(Number(arm.assigned ?? 0)) + (arm.paused ? `, paused: ${arm.paused}` : ''), `${(100 * (arm.expectedShare ?? 0)).toFixed(0)} %`,
        measured(arm.primary), arm.effect ? interval(arm.effect) : arm === arms[0] ? 'the control' : 'too little is known', arm.effect ? bar(arm.effect, reach) : '']), 'arms'),
    arms.some((arm) => arm.guardrails?.length) ? el('details', {}, el('summary', {}, 'Guardrails'),
      table(`Guardrails of ${result.experiment}`, ['Arm', 'Guardrail', 'Figure', 'More than the control', ''],
        arms.flatMap((arm) => (arm.guardrails ?? []).map((rail) => [arm.arm, rail.metric, measured(rail.figures), rail.change ? interval(rail.change) : '–', rail.harmed ? 'harmed' : ''])), 'guardrails')) : null,
    el('p', {class: 'sub'}, `Version ${result.version ?? 0}, as of ${when(result.at)}. The intervals hold however often one looks.`));
}

const measured = (figures) => figures?.interval ? interval(figures.interval) : figures?.count ? `${number(figures.mean ?? 0)}, of ${count(Number(figures.count))}` : 'nothing yet';

function table(label, head, rows, testId) {
  return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label}, el('table', {class: 'plain', 'data-testid': testId},
    el('thead', {}, el('tr', {}, ...head.map((name) => name ? el('th', {scope: 'col'}, name) : el('td', {})))),
    el('tbody', {}, ...rows.map(([name, ...cells]) => el('tr', {}, el('th', {scope: 'row'}, name), ...cells.map((cell) => el('td', {}, cell)))))));
}

/** The interval as a line; the tick in the middle is no effect. */
function bar({estimate, low, high}, reach) {
  const x = (value) => 50 + 46 * value / reach;
  return svg('svg', {viewBox: '0 0 100 16', class: 'interval', 'aria-hidden': 'true'}, svg('line', {x1: 50, x2: 50, y1: 1, y2: 15, class: 'zero'}),
    svg('line', {x1: x(low), x2: x(high), y1: 8, y2: 8}), svg('circle', {cx: x(estimate), cy: 8, r: 3.4}));
}
