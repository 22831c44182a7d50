// What scripts say, in Simplified Chinese. A page may override any of it with
// <script type="application/json" data-editor-strings>{"key":"…"}</script>.
export const strings = {
  'copied': '已复制',
  'copy.failed': '复制不成功，请手动选择后复制',
  'selected.none': '未选中稿件',
  'selected.some': '已选中 {0} 件',
  'selected.needed': '请先选中至少一件',
  'keys.enable': '启用单键快捷键',
  'sending': '正在提交，请稍候',

  'editor.label': '正文编辑区',
  'editor.toolbar': '正文格式工具栏',
  'editor.hint': '按 Alt+F10 到工具栏，按 Esc 回到正文；先按 Esc 再按 Tab 离开编辑区。',
  'editor.placeholder': '在这里写正文，或从 Word 粘贴',
  'editor.count': '字数 {0}',
  'editor.unreadable': '正文里有编辑器不认识的内容。为避免丢失，请在下面的文本框里修改，或联系管理员。',

  'tool.paragraph': '正文段落', 'tool.paragraph.text': '正文',
  'tool.heading2': '一级标题', 'tool.heading2.text': '一级',
  'tool.heading3': '二级标题', 'tool.heading3.text': '二级',
  'tool.heading4': '三级标题', 'tool.heading4.text': '三级',
  'tool.documentNumber': '文号', 'tool.documentNumber.text': '文号',
  'tool.bold': '加粗', 'tool.bold.text': '粗',
  'tool.italic': '斜体', 'tool.italic.text': '斜',
  'tool.underline': '下划线', 'tool.underline.text': '划',
  'tool.strike': '删除线', 'tool.strike.text': '删',
  'tool.superscript': '上标', 'tool.superscript.text': '上标',
  'tool.subscript': '下标', 'tool.subscript.text': '下标',
  'tool.left': '左对齐', 'tool.left.text': '左',
  'tool.center': '居中', 'tool.center.text': '中',
  'tool.right': '右对齐', 'tool.right.text': '右',
  'tool.bulletList': '项目列表', 'tool.bulletList.text': '项目',
  'tool.orderedList': '编号列表', 'tool.orderedList.text': '编号',
  'tool.blockquote': '引用', 'tool.blockquote.text': '引用',
  'tool.link': '链接', 'tool.link.text': '链接',
  'tool.image': '图片', 'tool.image.text': '图片',
  'tool.attachment': '附件', 'tool.attachment.text': '附件',
  'tool.video': '视频', 'tool.video.text': '视频',
  'tool.table': '表格', 'tool.table.text': '表格',
  'tool.rule': '分隔线', 'tool.rule.text': '分隔线',
  'tool.undo': '撤销', 'tool.undo.text': '撤销',
  'tool.redo': '重做', 'tool.redo.text': '重做',
  'tool.clear': '清除格式', 'tool.clear.text': '清除格式',
  'tool.keys': '编辑器快捷键', 'tool.keys.text': '？',
  'tool.rowBefore': '在上方加行', 'tool.rowBefore.text': '上方加行',
  'tool.rowAfter': '在下方加行', 'tool.rowAfter.text': '下方加行',
  'tool.rowDelete': '删除本行', 'tool.rowDelete.text': '删除本行',
  'tool.columnBefore': '在前面加列', 'tool.columnBefore.text': '前面加列',
  'tool.columnAfter': '在后面加列', 'tool.columnAfter.text': '后面加列',
  'tool.columnDelete': '删除本列', 'tool.columnDelete.text': '删除本列',
  'tool.merge': '合并或拆分单元格', 'tool.merge.text': '合并',
  'tool.headerRow': '首行作表头', 'tool.headerRow.text': '首行作表头',
  'tool.headerColumn': '首列作表头', 'tool.headerColumn.text': '首列作表头',
  'tool.tableDelete': '删除表格', 'tool.tableDelete.text': '删除表格',
  'tool.group.table': '表格工具',

  'dialog.ok': '确定', 'dialog.insert': '插入', 'dialog.cancel': '取消', 'dialog.close': '关闭', 'dialog.remove': '去掉链接', 'dialog.upload': '上传并插入',
  'dialog.uploading': '正在上传…',
  'dialog.required': '请填写这一项',
  'error': '错误：',

  'table.title': '插入表格', 'table.rows': '行数', 'table.columns': '列数', 'table.caption': '表格标题', 'table.caption.hint': '写明表格的内容，例如“2026年补贴标准”', 'table.header': '首行是表头',
  'table.caption.field': '表格标题', 'table.range': '请输入 1 到 {0} 之间的整数',

  'image.title': '插入图片', 'image.edit': '修改图片', 'image.file': '图片文件', 'image.file.hint': 'JPEG、PNG、WebP 或 GIF',
  'image.alt': '替代文字', 'image.alt.hint': '给看不到图片的人：图上是什么', 'image.decorative': '装饰性图片，不需要替代文字', 'image.caption': '图片说明（可不填）',
  'image.choose': '请选择图片文件', 'image.alt.needed': '请写替代文字，或标明是装饰性图片',

  'attachment.title': '插入附件', 'attachment.file': '附件文件', 'attachment.name': '显示名称', 'attachment.name.hint': '不填时用文件名', 'attachment.choose': '请选择文件',
  'video.title': '插入视频', 'video.file': '视频文件', 'video.name': '视频标题', 'video.captions': '字幕文件（WebVTT）', 'video.captions.hint': '有语音的视频应当有字幕', 'video.choose': '请选择视频文件',

  'link.title': '链接', 'link.href': '地址', 'link.href.hint': '以 https:// 、mailto: 、tel: 、/ 或 # 开头', 'link.bad': '这个地址不能用。请以 https:// 、http:// 、mailto: 、tel: 或 / 开头',
  'link.text': '显示文字', 'link.document': '链接到站内信息', 'link.find': '查找', 'link.find.none': '没有找到信息', 'link.find.label': '标题或文号',

  'upload.failed': '上传不成功，请稍后再试',
  'upload.expired': '登录已过期，请在新窗口登录后再上传',
  'upload.large': '文件太大',

  'paste.report': '已整理粘贴的内容：{0}。',
  'paste.lists': '重建列表 {0} 个', 'paste.tables': '保留表格 {0} 个', 'paste.styles': '去掉样式 {0} 处', 'paste.images': '去掉图片 {0} 张（请用“图片”按钮上传）',
  'paste.empties': '去掉空段 {0} 个', 'paste.indents': '去掉用空格作的缩进 {0} 处（缩进由版式决定）', 'paste.links': '去掉无效链接 {0} 个', 'paste.active': '去掉脚本和控件 {0} 个', 'paste.nested': '拆开嵌套表格 {0} 个',
  'paste.tooLarge': '粘贴的内容太大，只保留了文字。',

  'save.dirty': '有未保存的修改', 'save.busy': '正在保存', 'save.ok': '已自动保存 {0}',
  'save.local': '没有保存到服务器，文字已留在这台电脑上（{0}）。',
  'save.expired': '登录已过期，文字已留在这台电脑上（{0}）。请在新窗口登录，然后继续编辑。',
  'save.forbidden': '您没有修改这篇稿件的权限，文字已留在这台电脑上（{0}）。',
  'save.rejected': '服务器没有接受这次保存：{0}',
  'save.nowhere': '没有保存成功，也不能留在这台电脑上。请先复制正文再离开。',
  'save.conflict': '别人刚刚改过这篇稿件，您的修改没有覆盖上去，已留在这台电脑上。', 'save.compare': '比较两个版本',
  'recover.found': '这台电脑上有 {0} 没有保存到服务器的正文。', 'recover.take': '恢复', 'recover.drop': '丢弃',
  'recover.done': '已恢复，请检查后保存。',

  'keys.title': '编辑器快捷键', 'keys.toolbar': '到工具栏', 'keys.back': '从工具栏回到正文', 'keys.leave': '离开编辑区', 'keys.cell': '下一个单元格', 'keys.break': '换行不分段',

  'read.start': '朗读', 'read.stop': '停止朗读',
  'share.copy': '复制链接',
};

export function say(key, ...values) {
  const text = strings[key] ?? key;
  return text.replace(/\{(\d)\}/g, (_, i) => values[i] ?? '');
}

/** Lays a page's own strings over the built-in ones. */
export function readStrings(root = document) {
  const block = root.querySelector('script[data-editor-strings]');
  if (block) {
    try {
      Object.assign(strings, JSON.parse(block.textContent));
    } catch {
      // A broken block leaves the built-in strings.
    }
  }
}
