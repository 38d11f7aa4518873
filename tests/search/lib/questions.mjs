// What citizens may type about a portal, made from its own index: names and what is left of them in a hurry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { traditional } from './engine.mjs';

/** A JSON file of the index. */
export function indexFile(folder, name) {
  return JSON.parse(gunzipSync(readFileSync(join(folder, 'search', `${name}.bin`))).toString('utf8'));
}

/** What the list of results shows, in the order of the index. `flags` has 2 where nobody can apply, 4 for bundles, 8 for departments. */
export function entries(folder) {
  const head = indexFile(folder, 'index');
  const rows = head.blocks.file.split(' ').flatMap((name) => indexFile(folder, name));
  return rows.map(([name, official, department, path, summary, aliases, places], n) => ({
    name, official: official || name, department, path, summary, aliases, places, flags: head.entries.charCodeAt(n) - 48,
  }));
}

/** Questions that people wrote down, and what should lead nowhere. */
export const WRITTEN = [
  '身份证丢了怎么办', '驾照快到期了', '开奶茶店要办什么证', '我想开个小饭馆', '老公的户口怎么迁过来', '宝宝上户口需要什么材料', '结婚登记要带什么', '离婚去哪里办',
  '公积金怎么取出来', '社保卡坏了', '退休金什么时候能领', '低保怎么申请', '残疾人补贴', '房子过户要多少钱', '办护照要几天', '去香港的通行证', '公司注销', '营业执造',
  '户照', '身分证', '居民身份正', '结昏登记', '驾驶正换证', '公基金', '个体户营业执照', '烟草证', '卖烟要办证吗', '装修要不要审批', '接水 接电 接气', '煤气开户',
  '80岁老人津贴', '八十岁老人补贴', '第二类医疗器械', '2类医疗器械', 'C1驾照换证', 'a证', 'E照', 'o', 'a b c', 'ktv', 'KTV开业', 'shenfenzheng', 'shen fen zheng',
  'yingyezhizhao banli', 'sfz', 'gjj', 'jhdj', 'huzhao diu le', 'hukoub', 'yingye执照', '身份zheng', 'xian', 'fangan', 'lvshi', 'jiehun登记 离婚登记',
  '公安局', '民政局电话', '市场监管局', '人社局 养老金', '学生 入学', '孩子上小学', '我想咨询一下请问怎么办理', '怎么办', '的', '办', '证', '登', '一', '12345', '2026年',
  '龘靐齉龗', 'qwertyuiop', '比特币挖矿', '火星移民签证', '!!!???', '😀', '😀护照', '結婚登記', '營業執照', '兩證合一', '臺胞證', '《食品安全法》', '食品經營許可証',
  '嬴业执照', '營業執炤', '居洣身份证', '婞婚登记', '護罩', '醫保', '不动产权证书遗失补发', '登记 登记 登记', '证证证证证', '许可许可许可许可', '办理流程 指南', '身份证身份证身份证',
  `${'食品经营许可'.repeat(8)}`, `${'的'.repeat(60)}护照`, 'zhuanggan zhengjian', 'a'.repeat(40), '护照,签证;通行证', '护\t照', '"护照"', "护照' or 1=1", '<b>护照</b>', '護\u200b照',
];

const fromStart = (text, count) => Array.from(text).slice(0, count).join('');

/** Some 500 questions: names, other names, and each of them written differently. */
export function questions(folder) {
  const back = new Map([...traditional()].map(([old, simple]) => [simple, old]));
  const asked = new Set(WRITTEN);
  entries(folder).forEach(({ name, official, aliases }, n) => {
    const names = [name, official, ...aliases];
    names.forEach((one) => asked.add(one));
    const letters = Array.from(name);
    const middle = (n * 7) % letters.length;
    const written = [
      Array.from(official, (c) => back.get(c) ?? c).join(''),
      [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(name)].map(({ segment }) => segment).reverse().join(''),
      letters.filter((_, at) => at !== middle).join(''),
      letters.map((c, at) => (at === middle ? c + c : c)).join(''),
      fromStart(name, 2 + (n % 3)),
      `${names[n % names.length]}怎么办理`,
    ];
    // Half of them for each name, others for the next: every kind is asked for and the whole stays quick.
    written.filter((_, kind) => (kind + n) % 2 === 0).forEach((one) => asked.add(one));
  });
  return [...asked].filter((question) => question.trim() === question && question !== '' && !/[\r\n]/.test(question));
}
