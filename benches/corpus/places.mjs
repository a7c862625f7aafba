// Names that variants of an item bear: counties, banners and districts, the first ones of Hulunbuir.
const NAMES = `
海拉尔区 满洲里市 扎兰屯市 牙克石市 额尔古纳市 根河市 阿荣旗 莫力达瓦旗 鄂伦春旗 鄂温克旗 陈巴尔虎旗 新巴尔虎左旗 新巴尔虎右旗 扎赉诺尔区
新城区 回民区 玉泉区 赛罕区 土默特左旗 托克托县 和林格尔县 清水河县 武川县 东河区 昆都仑区 青山区 石拐区 白云鄂博矿区 九原区 土默特右旗 固阳县
达尔罕茂明安旗 海勃湾区 海南区 乌达区 红山区 元宝山区 松山区 阿鲁科尔沁旗 巴林左旗 巴林右旗 林西县 克什克腾旗 翁牛特旗 喀喇沁旗 宁城县 敖汉旗
科尔沁区 霍林郭勒市 科尔沁左翼中旗 科尔沁左翼后旗 开鲁县 库伦旗 奈曼旗 扎鲁特旗 东胜区 康巴什区 达拉特旗 准格尔旗 鄂托克前旗 鄂托克旗 杭锦旗
乌审旗 伊金霍洛旗 临河区 五原县 磴口县 乌拉特前旗 乌拉特中旗 乌拉特后旗 杭锦后旗 集宁区 丰镇市 卓资县 化德县 商都县 兴和县 凉城县 察右前旗 察右中旗
察右后旗 四子王旗 乌兰浩特市 阿尔山市 科右前旗 科右中旗 扎赉特旗 突泉县 二连浩特市 锡林浩特市 阿巴嘎旗 苏尼特左旗 苏尼特右旗 东乌珠穆沁旗
西乌珠穆沁旗 太仆寺旗 镶黄旗 正镶白旗 正蓝旗 多伦县 阿拉善左旗 阿拉善右旗 额济纳旗 龙沙区 建华区 铁锋区 昂昂溪区 富拉尔基区 碾子山区 讷河市 龙江县
依安县 泰来县 甘南县 富裕县 克山县 克东县 拜泉县 爱辉区 北安市 五大连池市 嫩江市 逊克县 孙吴县 洮北区 洮南市 大安市 镇赉县 通榆县
`.trim().split(/\s+/);

/** The name of the n-th place, n from 1; beyond the list, parts of places. */
export function place(n) {
  const round = Math.floor((n - 1) / NAMES.length);
  // In Chinese digits: `check` compares the Arabic ones of a text with those of its translation.
  const number = String(round).replace(/\d/g, (digit) => '〇一二三四五六七八九'[digit]);
  return NAMES[(n - 1) % NAMES.length] + (round ? `第${number}街道` : '');
}

const MONGOLIAN = 'ᠨᠠᠭᠤᠷ ᠠᠭᠤᠯᠠ ᠲᠠᠯ᠎ᠠ ᠭᠣᠣᠯ ᠪᠤᠯᠠᠭ ᠬᠠᠳᠠ ᠮᠣᠳᠣ ᠴᠡᠴᠡᠭ ᠮᠥᠷᠡᠨ ᠰᠢᠷ᠎ᠠ ᠬᠠᠷ᠎ᠠ ᠴᠠᠭᠠᠨ'.split(' ');

/** What stands for the n-th place in Mongolian: no true name, but as long and as varied as one. */
export function mongolianPlace(n) {
  const [first, second] = [Math.floor(n / MONGOLIAN.length) % MONGOLIAN.length, n % MONGOLIAN.length];
  return `${MONGOLIAN[first]} ${MONGOLIAN[second]}`;
}

/** A number that depends on the words alone (FNV-1a): variation without chance. */
export function hash(...words) {
  let sum = 0x811c9dc5;
  for (const char of words.join('\t')) sum = Math.imul(sum ^ char.codePointAt(0), 0x01000193);
  return (sum ^ (sum >>> 15)) >>> 0;
}
