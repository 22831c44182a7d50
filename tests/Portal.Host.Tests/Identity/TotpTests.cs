using System.Net;
using System.Text;
using Portal.Host.Identity;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Host.Tests.Identity;

public sealed class StrictHost : PortalHost
{
    protected override bool Demo => false;
}

public sealed class TotpTests(StrictHost host) : IClassFixture<StrictHost>
{
    private const string Path = "/console/sign-in";

    // RFC 6238, appendix B, SHA-1, last six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Encoding.ASCII.GetBytes("12345678901234567890"), seconds / 30));

    [Fact]
    public async Task A_first_sign_in_binds_the_second_factor_and_later_ones_ask_for_it()
    {
        var person = await host.Data.Staff(Role.Author);
        using var browser = host.Visitor();
        var page = await browser.Post(Path, Form(person, null));
        var secret = Secret(page);
        Assert.NotNull(page.Document.QuerySelector("svg"));

        var enrolled = await browser.PostRaw(Path + "/enrolment", new Dictionary<string, string>
        {
            ["_token"] = page.Token!,
            ["State"] = page.Document.QuerySelector("input[name=State]")!.GetAttribute("value")!,
            ["Code"] = Code(secret),
        });
        Assert.Equal(HttpStatusCode.SeeOther, enrolled.Status);
        Assert.Contains("secure", enrolled.Header("Set-Cookie")!, StringComparison.OrdinalIgnoreCase);

        using var other = host.Visitor();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.Post(Path, Form(person, null))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.Post(Path, Form(person, "000000"))).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        var code = Code(secret);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.Post(Path, Form(person, code))).Status);

        using var replay = host.Visitor();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await replay.Post(Path, Form(person, code))).Status);
    }

    [Fact]
    public async Task The_console_says_that_it_is_reached_over_an_encrypted_connection_only()
    {
        using var browser = host.Visitor();

        var plain = await browser.Get("http://localhost/console/sign-in");

        Assert.Equal(HttpStatusCode.UpgradeRequired, plain.Status);
        Assert.Equal("no-store", plain.Header("Cache-Control"));
        Assert.Contains("https://", plain.Document.QuerySelector(".p-message")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(plain.Document.QuerySelectorAll("form"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("http://localhost/health/live")).Status);
    }

    [Fact]
    public async Task A_wrong_first_code_binds_nothing()
    {
        var person = await host.Data.Staff(Role.Author);
        using var browser = host.Visitor();
        var page = await browser.Post(Path, Form(person, null));

        var answer = await browser.PostRaw(Path + "/enrolment", new Dictionary<string, string>
        {
            ["_token"] = page.Token!,
            ["State"] = page.Document.QuerySelector("input[name=State]")!.GetAttribute("value")!,
            ["Code"] = "12345x",
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(Secret(page), Secret(answer));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/console")).Status);
    }

    private static Dictionary<string, string> Form(Person person, string? code) => new()
    {
        ["UserName"] = person.UserName,
        ["Password"] = PortalHost.Password,
        ["Code"] = code ?? "",
    };

    private static string Secret(Answer page) =>
        page.Document.QuerySelector("code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    private string Code(string base32)
    {
        var bits = string.Concat(base32.Select(letter =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        return Totp.Code(secret, host.Clock.GetUtcNow().ToUnixTimeSeconds() / 30);
    }
}
