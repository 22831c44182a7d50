using Portal.Disclosure.Requests;
using Portal.Shared.Submissions;
using Portal.Shared.Text;

namespace Portal.Disclosure.Tests.Requests;

public sealed class RequestNumberTests
{
    [Fact]
    public void A_number_has_a_year_a_serial_and_a_check_digit()
    {
        var number = RequestNumber.Write(2026, 123);
        Assert.Matches(@"^YSQ2026-000123-\d$", number);
        Assert.True(RequestNumber.IsValid(number));
    }

    [Fact]
    public void One_wrong_digit_or_two_neighbours_exchanged_are_found()
    {
        var number = RequestNumber.Write(2026, 130729);
        foreach (var place in Enumerable.Range(3, number.Length - 3).Where(place => char.IsAsciiDigit(number[place])))
        {
            var other = (char)('0' + ((number[place] - '0' + 1) % 10));
            Assert.False(RequestNumber.IsValid(number[..place] + other + number[(place + 1)..]));
        }

        Assert.False(RequestNumber.IsValid(number.Replace("1307", "1370", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(" ysq2026-000123-0 ")]
    [InlineData("YSQ20260001230")]
    [InlineData("ＹＳＱ２０２６－０００１２３－０")]
    public void A_number_is_read_however_it_is_typed(string typed) =>
        Assert.Equal("YSQ2026-000123-0", RequestNumber.Normalise(typed));

    [Theory]
    [InlineData("")]
    [InlineData("YSQ2026-00012-0")]
    [InlineData("2026-000123-0")]
    [InlineData("YSQ2026-0001230000-9")]
    public void What_is_no_number_is_none(string typed) => Assert.Equal("", RequestNumber.Normalise(typed));

    [Fact]
    public void A_code_holds_100_bits_and_is_read_however_it_is_typed()
    {
        var seed = Convert.FromHexString("000102030405060708090a0b0c0d0eff");
        var code = SecretCode.Of(seed);
        Assert.Matches("^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$", code);
        Assert.Equal(code, SecretCode.Normalise(" " + code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l')));
        Assert.NotEqual(code, SecretCode.Of(Convert.FromHexString("000102030405060708090a0b0c0d0efe")));
        Assert.NotEqual(code, SecretCode.Of(Convert.FromHexString("000102030405160708090a0b0c0d0eff")));
        Assert.Equal("", SecretCode.Normalise("ABC"));
    }

    [Theory]
    [InlineData("990102199001011237", true)]
    [InlineData("990102199001011238", false)]
    [InlineData("990102199013011230", false)]
    [InlineData("99010219900101123", false)]
    public void A_resident_number_is_checked(string number, bool right) =>
        Assert.Equal(right, IdentityRules.IsResident(number));

    [Theory]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("91350100M000100Y44", false)]
    [InlineData("91350100M000100Y4", false)]
    public void A_credit_code_is_checked(string code, bool right) => Assert.Equal(right, CreditCode.IsValid(code));

    [Fact]
    public void Numbers_of_persons_are_masked_wherever_they_stand()
    {
        var masked = Masking.InText("我的身份证号990102199001011237，电话13800004321。文号云政发〔2026〕118号。");
        Assert.DoesNotContain("990102199001011237", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("13800004321", masked, StringComparison.Ordinal);
        Assert.Contains("云政发〔2026〕118号", masked, StringComparison.Ordinal);
    }
}
