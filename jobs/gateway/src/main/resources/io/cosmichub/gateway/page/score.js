// The score of a pair: in all, by area, over time, and who gave it.

import {SECONDS, clock, course, el, onScheme, renew, reword, svg} from './words.js';

const AREAS = ['emotional', 'communication', 'physical', 'spiritual', 'stability'];
const RING = 2 * Math.PI * 52;
const KEPT_SCORES = 600;
const HEIGHT = 130;
const PLOT_AFTER_MILLIS = 500; // painting a canvas takes longer than all else here

export class Score {
  #overall = el('span', {class: 'overall', 'data-testid': 'overall'}, '–');
  #arc = svg('circle', {cx: 60, cy: 60, r: 52, class: 'arc', 'stroke-dasharray': `0 ${RING}`});
  #areas = new Map();
  #natures = el('p', {class: 'natures'});
  #model = el('p', {class: 'sub'});
  #plotHost = el('div', {class: 'plot'});
  #plot = null;
  #plotting = 0;
  #times = [];
  #series = [[], [], [], [], [], []];

  constructor() {
    const bars = AREAS.map((area) => {
      const fill = svg('rect', {x: 0, y: 0, height: 8, width: 0, rx: 4, class: 'bar-fill'});
      const number = el('span', {class: 'number'}, '–');
      this.#areas.set(area, [fill, number]);
      return el('li', {}, el('span', {class: 'area'}, area), svg('svg', {viewBox: '0 0 100 8', preserveAspectRatio: 'none', class: 'bar', 'aria-hidden': 'true'}, svg('rect', {width: 100, height: 8, rx: 4, class: 'bar-back'}), fill), number);
    });
    this.element = el('div', {class: 'card score'}, el('h3', {}, 'Compatibility'),
      el('div', {class: 'score-row'},
        el('div', {class: 'ring'}, svg('svg', {viewBox: '0 0 120 120', 'aria-hidden': 'true'}, svg('circle', {cx: 60, cy: 60, r: 52, class: 'arc-back'}), this.#arc), this.#overall),
        el('ul', {class: 'areas'}, ...bars)),
      this.#natures, this.#plotHost, this.#model);
    new ResizeObserver(() => this.#plot?.setSize({width: this.#plotHost.clientWidth, height: HEIGHT})).observe(this.#plotHost);
    onScheme(() => {
      this.#wipe();
      this.#drawPlot();
    });
  }

  /** Of another pair nothing has been kept. */
  begin() {
    this.#times = [];
    this.#series = [[], [], [], [], [], []];
    this.#wipe();
  }

  #wipe() {
    this.#plot?.destroy();
    this.#plot = null;
    for (const name of ['role', 'aria-label']) this.#plotHost.removeAttribute(name);
  }

  remember(score) {
    if (!score) return;
    this.#times.push(Date.now() / 1000);
    this.#series[0].push(score.overall);
    AREAS.forEach((area, index) => this.#series[index + 1].push(score.areas[area]));
    if (this.#times.length > KEPT_SCORES) [this.#times, ...this.#series].forEach((values) => values.shift());
  }

  draw(score) {
    reword(this.#overall, score ? score.overall.toFixed(1) : '–');
    renew(this.#arc, {'stroke-dasharray': `${((score?.overall ?? 0) / 100 * RING).toFixed(1)} ${RING}`});
    for (const [area, [fill, number]] of this.#areas) {
      const value = score?.areas[area];
      renew(fill, {width: (value ?? 0).toFixed(1)});
      reword(number, value === undefined ? '–' : value.toFixed(1));
    }
    reword(this.#natures, score ? `${score.natureCounts.harmonious} harmonious, ${score.natureCounts.challenging} challenging, ${score.natureCounts.neutral} neutral` : 'No score has come yet.');
    reword(this.#model, score ? `By ${score.model}${score.modelScore === undefined ? '' : `, which says ${score.modelScore.toFixed(2)}`}${score.arm ? `, arm ${score.arm} of ${score.experiment}` : ''}; raw total ${score.rawTotal.toFixed(2)}` : '');
    this.#plotting ||= setTimeout(() => {
      this.#plotting = 0;
      this.#drawPlot();
    }, PLOT_AFTER_MILLIS);
  }

  #drawPlot() {
    if (this.#times.length < 2 || !globalThis.uPlot) return;
    const data = [this.#times, ...this.#series];
    const curves = ['Score over time', ...AREAS].map((name, index) => course(name, this.#series[index], (score) => score.toFixed(1)));
    renew(this.#plotHost, {role: 'img', 'aria-label': curves.join('. ')});
    if (this.#plot) {
      this.#plot.setData(data);
      return;
    }
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    const width = this.#plotHost.clientWidth || 300;
    this.#plot = new globalThis.uPlot({
      width, height: HEIGHT, legend: {show: false}, cursor: {show: false}, padding: [null, 38, null, null],
      scales: {y: {range: [0, 100]}},
      axes: [{stroke: color('--muted'), grid: {show: false}, ticks: {show: false}, space: 90, incrs: SECONDS, size: 26, font: '11px system-ui', values: (plot, splits) => splits.map((second) => clock(new Date(1000 * second)))},
        {stroke: color('--muted'), grid: {stroke: color('--rule'), width: 1}, ticks: {show: false}, size: 38, font: '11px system-ui', splits: () => [0, 50, 100]}],
      series: [{}, {stroke: color('--gold'), width: 2.4, points: {show: false}}, ...AREAS.map((_, index) => ({stroke: color(`--area-${index}`), width: 1, points: {show: false}}))],
    }, data, this.#plotHost);
  }
}
