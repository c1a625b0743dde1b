// Two small forms: a chart, and two charts to be watched as a pair. What is wrong with them the gateway says.

import {CLASSIC, bodyGlyph, bodyName, el} from './words.js';

export class SendView {
  #api;
  #info;
  #note = el('p', {class: 'empty', hidden: true});
  #forms = el('div', {class: 'forms'});
  #chartId = el('input', {id: 'send-chart', required: true, maxlength: '128', autocomplete: 'off', spellcheck: 'false', placeholder: 'ada'});
  #places = new Map(CLASSIC.map((id) => [id, el('input', {id: `send-${id}`, type: 'number', min: '0', max: '359.999999', step: 'any', inputmode: 'decimal'})]));
  #chartSaid = el('p', {class: 'said', role: 'status'});
  #pair = ['pairId', 'chartA', 'chartB'].map((name) => el('input', {id: `send-${name}`, required: true, maxlength: '128', autocomplete: 'off', spellcheck: 'false'}));
  #pairSaid = el('p', {class: 'said', role: 'status'});
  #revision = 0;
  #known;                  // where the bodies of a chart stand that the gateway knows, null of a new one, undefined where that is not said
  #looked = null;

  constructor(root, api, info) {
    this.#api = api;
    this.#info = info;
    const field = (label, input) => el('div', {class: 'picker'}, el('label', {for: input.id}, label), input);
    const chart = el('form', {class: 'card', 'aria-labelledby': 'send-chart-title', onsubmit: (event) => { event.preventDefault(); this.#sendChart(); }},
      el('h2', {id: 'send-chart-title'}, 'Send a chart'),
      el('p', {class: 'sub'}, 'Where its bodies stand, in degrees from 0° Aries. What is left empty is unknown. A chart that is known is filled in, and only what you change is sent: its other bodies, cusps and cohorts stay. A new one is in no cohort.'),
      field('Chart', this.#chartId),
      el('div', {class: 'places'}, ...[...this.#places].map(([id, input]) => field(`${bodyGlyph(id)} ${bodyName(id)}`, input))),
      el('button', {type: 'submit'}, 'Send the chart'), this.#chartSaid);
    // The same content is sent as the same revision: pressed twice it is one chart.
    chart.addEventListener('input', () => { this.#revision = 0; });
    this.#chartId.addEventListener('change', () => { this.#looked = this.#fill(this.#chartId.value); });
    const pair = el('form', {class: 'card', 'aria-labelledby': 'send-pair-title', onsubmit: (event) => { event.preventDefault(); this.#watch(); }},
      el('h2', {id: 'send-pair-title'}, 'Watch a pair'),
      el('p', {class: 'sub'}, 'Two charts, and a name for what is between them. It shows as soon as both charts are known.'),
      ...['Pair', 'Chart A', 'Chart B'].map((label, index) => field(label, this.#pair[index])),
      el('button', {type: 'submit'}, 'Watch the pair'), this.#pairSaid);
    this.#forms.append(chart, pair);
    root.append(el('h1', {id: 'send-title', class: 'view-title'}, 'Try it'), this.#note, this.#forms);
  }

  enter() {
    const may = this.#info()?.write ?? false;
    this.#note.hidden = may;
    this.#note.textContent = this.#info() ? 'Your token does not allow to send: its claim write is not true.' : 'Not connected yet.';
    this.#forms.hidden = !may;
  }

  leave() {}

  async #fill(chart) {
    this.#known = undefined;
    this.#sayOfChart('');
    const known = await this.#api.find(`api/charts/${encodeURIComponent(chart)}`);
    if (chart !== this.#chartId.value) return;
    this.#known = known && known.positions;
    if (!this.#known) return;
    for (const [id, input] of this.#places) input.value = this.#known[id] ?? '';
    this.#sayOfChart(`${chart} is known: what it holds is filled in.`);
  }

  async #sendChart() {
    await this.#looked;
    if (this.#known === undefined) {
      await (this.#looked = this.#fill(this.#chartId.value));
      if (this.#known) return; // filled in, to be looked at first
      if (this.#known === undefined) return this.#sayOfChart('Not sent: the gateway does not say whether this chart is known. Try again.', true);
    }
    const known = this.#known;
    const filled = [...this.#places].filter(([, input]) => input.value !== '').map(([id, input]) => [id, Number(input.value)]);
    const changed = filled.filter(([id, longitude]) => longitude !== known?.[id]);
    const emptied = [...this.#places].find(([id, input]) => input.value === '' && known?.[id] !== undefined);
    if (emptied) return this.#sayOfChart(`Refused: ${bodyName(emptied[0])} is known, and cannot be made unknown here.`, true);
    if (known && changed.length === 0) return this.#sayOfChart('Nothing has changed, so nothing was sent.');
    this.#revision ||= Date.now();
    const positions = Object.fromEntries(changed.map(([id, longitude]) => [id, {longitude}]));
    const answer = await this.#api.post('api/charts', {chartId: this.#chartId.value, revision: String(this.#revision), partial: known !== null, positions});
    if (answer.topic && known) Object.assign(known, Object.fromEntries(changed));
    this.#sayOfChart(answer.topic ? `Sent. Kafka has it on ${answer.topic}.` : `Refused: ${answer.reason}.`, !answer.topic);
  }

  #sayOfChart(words, problem = false) {
    this.#chartSaid.textContent = words;
    this.#chartSaid.classList.toggle('problem', problem);
  }

  async #watch() {
    const [pairId, chartA, chartB] = this.#pair.map((input) => input.value);
    const answer = await this.#api.post('api/pairs', {pairId, chartA, chartB});
    this.#pairSaid.classList.toggle('problem', !answer.topic);
    if (answer.topic) this.#pairSaid.replaceChildren('Sent. ', el('a', {href: `#pair/${encodeURIComponent(pairId)}`}, `Look at ${pairId}`));
    else this.#pairSaid.textContent = `Refused: ${answer.reason}.`;
  }
}
