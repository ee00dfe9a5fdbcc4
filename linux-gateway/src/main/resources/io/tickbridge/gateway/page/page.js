// What pages share: their data, numbers as people read them, tables, and charts that follow the reader's colours.
'use strict';
const page = (() => {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const charts = [];
  // Told apart with any colour vision; in the order in which series appear.
  const palette = () => dark.matches
    ? ['#6cb6ff', '#ffb454', '#4fd6a5', '#f08cc8', '#c9d35a', '#b79cff', '#ff8f70']
    : ['#0060a8', '#c25700', '#00795a', '#a8327f', '#6a7300', '#5b3fb5', '#b3261e'];
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      made.setAttribute(key, value);
    }
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
  }

  // columns: [heading, row => text]
  function table(target, columns, rows) {
    const head = element('tr', {}, ...columns.map(([heading]) => element('th', { scope: 'col' }, heading)));
    const body = rows.map(row => element('tr', {}, ...columns.map(([, cell]) => element('td', {}, cell(row)))));
    target.replaceChildren(element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
  }

  // One of several, by buttons that a thumb can hit.
  function choice(target, options, chosen) {
    const buttons = options.map(([value, text]) => {
      const button = element('button', { type: 'button', 'aria-pressed': 'false' }, text);
      button.addEventListener('click', () => {
        buttons.forEach(b => b.setAttribute('aria-pressed', String(b === button)));
        chosen(value);
      });
      return button;
    });
    target.replaceChildren(...buttons);
    if (buttons.length > 0) {
      buttons[0].click();
    }
  }

  function axis(own) {
    const line = { lineStyle: { color: css('--rule') } };
    return Object.assign({ axisLine: line, axisTick: line, splitLine: line }, own, {
      nameTextStyle: { color: css('--faint') },
      axisLabel: Object.assign({ color: css('--faint'), hideOverlap: true }, own.axisLabel),
    });
  }

  // option: () => what echarts is to show; asked again when colours change, and by the function returned.
  function chart(target, option) {
    const drawn = echarts.init(target, null, { renderer: 'svg' });
    const draw = () => drawn.setOption(Object.assign({
      animation: false, color: palette(), backgroundColor: 'transparent',
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      legend: { type: 'scroll', top: 0, textStyle: { color: css('--ink') }, pageTextStyle: { color: css('--faint') } },
      grid: { left: 12, right: 24, top: 56, bottom: 34, containLabel: true },
    }, option()), true);
    charts.push([drawn, draw]);
    draw();
    return draw;
  }

  dark.addEventListener('change', () => charts.forEach(([, draw]) => draw()));
  window.addEventListener('resize', () => charts.forEach(([drawn]) => drawn.resize()));

  return {
    data: JSON.parse(document.getElementById('data').textContent),
    whole: value => Math.round(value).toLocaleString('en-US'),
    fixed: (value, digits) =>
      value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    micros: nanos => page.fixed(nanos / 1000, 1),
    short: value => value >= 1e6 ? +(value / 1e6).toPrecision(3) + ' M' : value >= 1e3 ? +(value / 1e3).toPrecision(3) + ' k'
      : String(+value.toPrecision(3)),
    colour: series => palette()[series],
    // A chart's formatter answers HTML: what is not our own word, a name from the wire above all, goes through here.
    html: text => echarts.format.encodeHTML(String(text)),
    element, table, choice, axis, chart,
  };
})();
