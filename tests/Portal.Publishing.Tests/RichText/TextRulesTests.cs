using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("  关于  2026年\t工作\r\n的通知 ", "关于 2026年 工作 的通知", nameof(TextChange.None))]
    [InlineData("通知\0附件\u0007", "通知 附件", nameof(TextChange.ControlCharacters))]
    [InlineData("附件\u202egpj.exe", "附件gpj.exe", nameof(TextChange.DirectionMarks))]
    [InlineData("a\u200fb\u2066c", "abc", nameof(TextChange.DirectionMarks))]
    [InlineData("云\u200b岭\ufeff省\u2060", "云岭省", nameof(TextChange.InvisibleCharacters))]
    [InlineData("张\u200d三", "张三", nameof(TextChange.InvisibleCharacters))]
    [InlineData("a\u0301", "\u00e1", nameof(TextChange.None))]
    [InlineData("𠮷野家 👨‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "𠮷野家 👨‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", nameof(TextChange.None))]
    [InlineData("葛󠄀城", "葛󠄀城", nameof(TextChange.None))]
    [InlineData("می\u200cخواهم", "می\u200cخواهم", nameof(TextChange.None))]
    [InlineData("繁體字　全角", "繁體字　全角", nameof(TextChange.None))]
    [InlineData("<b>标题</b>", "<b>标题</b>", nameof(TextChange.None))]
    [InlineData(null, "", nameof(TextChange.None))]
    public void A_line_is_normalised_and_says_what_it_lost(string? input, string expected, string changes) =>
        Assert.Equal(new LineText(expected, Enum.Parse<TextChange>(changes)), TextRules.Line(input));

    [Fact]
    public void Length_counts_characters_as_a_reader_does()
    {
        Assert.Equal(3, TextRules.Length("𠮷👨‍👩‍👧a\u0301"));
        Assert.Equal(new LineText("𠮷👨‍👩‍👧", TextChange.TooLong), TextRules.Line("𠮷👨‍👩‍👧字", 2));
        Assert.Equal(new LineText("𠮷字", TextChange.None), TextRules.Line("𠮷字", 2));
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        Assert.Equal("a\ufffdb", TextRules.Line("a\udc00b").Value);
}
