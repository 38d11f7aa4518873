// One item that several departments offer or that has several situations is one result: the one that was meant is shown.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { none } from '../browser/lib/report.mjs';
import { open } from './lib/engine.mjs';
import { build, minimal, replaced } from './lib/portal.mjs';

const COUNTY = `名称: 白石县市场监督管理局
简称: 白石县市场监管局
统一社会信用代码: "11990000000001020N"
行使层级: 县级
职责: 管食品和药品的安全
咨询电话: ["0600-8802001"]
监督电话: ["0600-8802002"]
默认地点: hall
`;

/** Two districts with the same item, which has two more situations in one of them (one is closed now), and names with strange letters. */
function files() {
  const all = minimal();
  const item = all.get('content/departments/scjgj/food/item.yaml');
  const add = (path, changes) => all.set(`content/departments/${path}/item.yaml`, replaced(item, changes));
  const code = '11990000000001012U3000131001000';
  const situation = (name, number) => ({ '名称: 食品经营许可\n': `名称: 食品经营许可（${name}）\n业务办理项编码: "${code}0${number}"\n` });
  all.set('content/departments/xian/department.yaml', COUNTY);
  add('xian/food-baishi', { '11990000000001012U3': '11990000000001020N4', 在青岚市: '在白石县' });
  add('scjgj/food-change', situation('变更', '1'));
  add('scjgj/food-stop', { ...situation('注销后恢复登记', '2'), '审核: { 状态: 已审核 }\n': '审核: { 状态: 已审核 }\n状态: 暂停\n状态说明: 窗口搬家\n' });
  add('scjgj/small', { '名称: 食品经营许可\n': '名称: 300㎡以下𠮷野家小餐饮登记\n', '131001000"': '131005000"', 食品经营许可证: '小餐饮登记证' });
  const card = (name, number, more) => ({ '名称: 食品经营许可\n': `名称: 居民身份证${name}\n`, '131001000"': `13100${number}000"`, 食品经营许可证: '凭证', ...more });
  add('scjgj/card', card('补领', 6));
  // The situation covers more of a question than the item, but comes after it, as it is closed; the other one covers less than both.
  add('scjgj/card-lost', card('补领（丢失声明）', 6, { '更新日期': '业务办理项编码: "11990000000001012U300013100600001"\n状态: 暂停\n状态说明: 窗口搬家\n更新日期' }));
  add('scjgj/card-check', card('核验', 7));
  return all;
}

const FOOD = '食品经营许可';
let portal;
let search;
before(async () => {
  portal = build(files());
  ({ search } = await open(portal.site));
});
after(() => portal?.remove());

const brief = ({ results }) => results.map(({ url, department, places }) => [url, department, places]);
const CITY = ['/items/food/', '市场监管局', 1];
const THERE = ['/items/food-baishi/', '白石县市场监管局', 1];

test('the same item of two districts, in several situations, is one result', async () => {
  const answer = await search(FOOD);
  assert.equal(answer.total, 1);
  assert.deepEqual(brief(answer), [CITY]);
  assert.deepEqual(answer.results[0].variants, [
    { name: '食品经营许可（变更）', url: '/items/food-change/' }, { name: '食品经营许可（注销后恢复登记）', url: '/items/food-stop/' },
  ]);
  const [alone] = (await search('小餐饮登记')).results;
  assert.deepEqual([alone.url, alone.variants, alone.places], ['/items/small/', [], 0]);
});

test('the situation that was asked for is shown, and the others beside it', async () => {
  for (const [question, slug, open_] of [['食品经营许可变更', 'food-change', true], ['食品经营许可注销后恢复', 'food-stop', false]]) {
    const { total, results: [first] } = await search(question);
    assert.deepEqual([total, first.url, first.open, first.places], [1, `/items/${slug}/`, open_, 0], question);
    assert.ok(first.variants.some(({ url }) => url === '/items/food/') && first.variants.length === 2, question);
  }
});

test('a department that is filtered by gives its own address', async () => {
  const of = async (department) => brief(await search(FOOD, { filters: { department } }));
  const { facets } = await search(FOOD, { facets: true });
  assert.deepEqual(facets.department, [{ value: 'scjgj', name: '市场监管局', count: 1 }, { value: 'xian', name: '白石县市场监管局', count: 1 }]);
  assert.deepEqual(await of('xian'), [THERE]);
  assert.deepEqual(await of(['xian']), [THERE]);
  assert.deepEqual(await of('scjgj'), [CITY]);
  assert.deepEqual(brief(await search('身份证补领', { filters: { department: 'xian' } })), []);
});

test('under the filter of a district only its own page is shown, whatever was asked for', async () => {
  for (const question of ['食品经营许可变更', '食品经营许可注销后恢复登记', '食品经营', '经营场所']) {
    const { facets } = await search(question, { facets: true });
    const counted = new Map(facets.department.map(({ value, count }) => [value, count]));
    const there = await search(question, { filters: { department: 'xian' } });
    assert.equal(there.total, counted.get('xian') ?? 0, question);
    assert.deepEqual(brief(there), there.total ? [THERE] : [], question);
    const here = await search(question, { filters: { department: 'scjgj' } });
    assert.equal(here.total, counted.get('scjgj'), question);
    assert.ok(here.results.every(({ url }) => url !== THERE[0]), question);
  }
});

test('a question that names the district leads to its page', async () => {
  for (const question of ['白石县食品经营许可', '食品经营许可 白石县', '白石县市场监管局食品经营许可', '白石食品经营许可怎么办理']) {
    assert.deepEqual(brief(await search(question)).slice(0, 1), [THERE], question);
  }
  for (const question of [FOOD, '食品经营许可 市场监管局', '食品经营']) assert.deepEqual(brief(await search(question)).slice(0, 1), [CITY], question);
});

test('marks stay apart and whole where one sign stands for several letters, or two stand for one', async () => {
  const name = '300㎡以下𠮷野家小餐饮登记';
  for (const [question, marks] of [['300㎡', '300㎡'], ['300m2', '300㎡'], ['𠮷野家', '𠮷野家'], [name, name], ['小餐饮登记', '小餐饮登记']]) {
    const result = (await search(question)).results.find((one) => one.name === name);
    assert.deepEqual(result.marks.map(([from, to]) => name.slice(from, to)), [marks], question);
  }
});

test('the program gives the same answers here', async () => {
  const asked = [FOOD, '食品经营', '食品经营许可变更', '食品经营许可注销后恢复', '注销后恢复登记', '许可注销', '恢复登记', '经营登记', '登记', '食品', '身份证', '补领身份证', '变更', '300㎡',
    '𠮷野家', '市场监管局', '白石县市场监督管理局', '小餐饮', 'spjy', 'shipin', '食品经营许可注销', '食品登记恢复', '固定的经营场所', '申请书', '许可 恢复', '居民身份证补领丢失', '居民身份证补领声明', '身份证补领丢失', '身份证丢失', '食品经营许可恢复', '兩證', '嬴业食品经营'];
  const out = portal.run(['search', '--from', '-', '--json', '--limit', '10'], `${asked.join('\n')}\n`).trim().split('\n').map((line) => JSON.parse(line));
  const faults = [];
  for (const [n, question] of asked.entries()) {
    const lines = ({ total, results }) => `${total}: ${results.map(({ url, score }) => `${score} ${url}`).join(', ')}`;
    const [ours, theirs] = [lines(await search(question)), lines(out[n])];
    if (ours !== theirs) faults.push(`“${question}”\n    browser ${ours}\n    program ${theirs}`);
  }
  none(faults, 'question with different answers');
});
