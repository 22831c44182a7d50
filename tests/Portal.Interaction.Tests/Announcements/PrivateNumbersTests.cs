using Portal.Shared.Submissions;

namespace Portal.Interaction.Tests.Announcements;

/// <summary>What is named to whoever lays a text before the public.</summary>
public sealed class PrivateNumbersTests
{
    [Theory]
    [InlineData("请拨13912345678核实", "13912345678")]
    [InlineData("请拨１３９ 1234-5678核实", "１３９ 1234-5678")]
    [InlineData("请拨+86 139 1234 5678核实", "86 139 1234 5678")]
    [InlineData("请拨008613912345678核实", "008613912345678")]
    [InlineData("请拨一三九一二三四五六七八核实", "一三九一二三四五六七八")]
    [InlineData("身份证号990102199001011237", "990102199001011237")]
    [InlineData("卡号6222020200112233446", "6222020200112233446")]
    public void Numbers_of_persons_are_found_however_they_are_written(string text, string number) =>
        Assert.Equal(number, Assert.Single(PersonalNumbers.Private(text)));

    [Theory]
    [InlineData("服务电话0871-12345678、12345、4008001234")]
    [InlineData("云政发〔2026〕118号，2026年11月24日，投资12345678元")]
    [InlineData("编号YL2026-0001234-7")]
    public void Numbers_of_offices_days_and_sums_are_not(string text) => Assert.Empty(PersonalNumbers.Private(text));

    [Fact]
    public void One_that_stands_twice_is_named_once() =>
        Assert.Single(PersonalNumbers.Private("13912345678，再说一遍：13912345678"));
}
