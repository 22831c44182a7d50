using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Copies;

namespace Portal.Interaction.Tests.Letters.Copies;

/// <summary>What the rules propose to mask. Numbers, people and places are invented.</summary>
public sealed class PersonalSpansTests
{
    private static readonly WrittenLetter Writer = new() { Name = "欧阳不在册", Phone = "13800009876" };

    [Theory]
    [InlineData("身份证号990102199001011237，请核实", "990102199001011237", MaskKind.IdNumber)]
    [InlineData("身份证９９０１０２１９９００１０１１２３７", "９９０１０２１９９００１０１１２３７", MaskKind.IdNumber)]
    [InlineData("号码 990102 19900101 1237 已登记", "990102 19900101 1237", MaskKind.IdNumber)]
    [InlineData("老证号990102900101123", "990102900101123", MaskKind.IdNumber)]
    [InlineData("手机138 0000 4321随时可打", "138 0000 4321", MaskKind.Phone)]
    [InlineData("打+86-13900001111", "86-13900001111", MaskKind.Phone)]
    [InlineData("我的电话是一三八零零零零四三二一", "一三八零零零零四三二一", MaskKind.Phone)]
    [InlineData("座机0990-5550201转8", "0990-5550201", MaskKind.Phone)]
    [InlineData("联系电话5550201", "5550201", MaskKind.Phone)]
    [InlineData("退到6222020000000000000。", "6222020000000000000", MaskKind.BankCard)]
    [InlineData("退到6222 0200 0000 0000 000。", "6222 0200 0000 0000 000", MaskKind.BankCard)]
    [InlineData("户号6222020000000000008。", "6222020000000000008", MaskKind.Other)]
    [InlineData("车牌云A12345违停", "云A12345", MaskKind.Plate)]
    [InlineData("新能源车云A·D12345", "云A·D12345", MaskKind.Plate)]
    [InlineData("住在虚拟路12号3栋2单元501室", "虚拟路12号3栋2单元501室", MaskKind.Address)]
    [InlineData("家在3栋2单元501", "3栋2单元501", MaskKind.Address)]
    [InlineData("云上家园6号楼1单元1203室", "云上家园6号楼1单元1203室", MaskKind.Address)]
    [InlineData("松坪镇示例村三组", "松坪镇示例村三组", MaskKind.Address)]
    [InlineData("我叫闻小满，退休职工", "闻小满", MaskKind.Name)]
    [InlineData("联系人：司马相", "司马相", MaskKind.Name)]
    [InlineData("市医院的陶医生态度很好", "陶", MaskKind.Name)]
    [InlineData("找到李建国老师帮忙", "李建国", MaskKind.Name)]
    [InlineData("发到wen@example.invalid", "wen@example.invalid", MaskKind.Other)]
    [InlineData("加微信号：wxm_2026", "微信号：wxm_2026", MaskKind.Other)]
    [InlineData("来信人欧阳不在册", "欧阳不在册", MaskKind.Writer)]
    [InlineData("欧阳先生您好", "欧阳", MaskKind.Writer)]
    public void What_may_tell_of_somebody_is_proposed(string text, string words, MaskKind kind)
    {
        var found = PersonalSpans.Find(text, Writer);
        Assert.Contains(found, span => text.Substring(span.Start, span.Length).Contains(words, StringComparison.Ordinal) && span.Kind == kind);
    }

    [Theory]
    [InlineData("2026年11月23日，12345热线已登记，投入1500万元。")]
    [InlineData("按照云政发〔2026〕12号文件，服务电话400-800-1234。")]
    [InlineData("公交12路早高峰间隔8至10分钟，预计2027年3月通车。")]
    [InlineData("建议在施工期间增设公交站，方便老人出行。")]
    public void What_tells_of_nobody_is_left_alone(string text) =>
        Assert.Empty(PersonalSpans.Find(text, Writer).Select(span => text.Substring(span.Start, span.Length)));

    [Fact]
    public void A_name_once_introduced_is_found_wherever_it_stands()
    {
        const string Text = "我叫闻小满。昨天又去了，工作人员说闻小满的材料不全。";
        Assert.Equal(2, PersonalSpans.Find(Text, Writer).Count(span => Text.Substring(span.Start, span.Length) == "闻小满"));
    }

    [Fact]
    public void Places_that_meet_are_one_and_in_order()
    {
        var joined = PersonalSpans.Joined([new(5, 4, MaskKind.Name), new(0, 3, MaskKind.Phone), new(7, 6, MaskKind.IdNumber)]);
        Assert.Equal([new(0, 3, MaskKind.Phone), new(5, 8, MaskKind.IdNumber)], joined);
    }

    [Fact]
    public void Long_text_of_digits_and_odd_signs_is_read_in_time()
    {
        foreach (var piece in new[] { "1", "1 ", "一", "云A", "我叫", "号", "𠮷", "（1" })
        {
            Assert.NotNull(PersonalSpans.Find(string.Concat(Enumerable.Repeat(piece, 2000)), Writer));
        }
    }
}
