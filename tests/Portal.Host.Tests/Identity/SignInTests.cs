using System.Net;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Host.Tests.Identity;

public sealed class SignInTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string Path = "/console/sign-in";

    [Fact]
    public async Task A_visitor_of_the_console_is_shown_the_sign_in_form()
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Visit("/console/sites");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector("form[action='/console/sign-in'] input[type=password]"));
        Assert.Equal("/console/sites", answer.Document.QuerySelector("input[name=Return]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_right_password_opens_a_session_in_a_strict_cookie()
    {
        var person = await host.Data.Staff(Role.Author);
        using var visitor = host.Visitor();

        var answer = await visitor.Post(Path, Form(person.UserName, PortalHost.Password));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal("/console", answer.Location);
        var cookie = answer.Header("Set-Cookie")!;
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/console", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/console")).Status);
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_get_the_same_answer()
    {
        var person = await host.Data.Staff(Role.Author);
        using var visitor = host.Visitor();

        var unknown = await visitor.Post(Path, Form("nobody-at-all", "wrong-password-1"));
        var wrong = await visitor.Post(Path, Form(person.UserName, "wrong-password-1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Equal(unknown.Status, wrong.Status);
        Assert.Equal(unknown.Errors, wrong.Errors);
        Assert.Single(unknown.Errors);
        Assert.StartsWith("错误：", unknown.Document.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_six_wrong_passwords_the_right_one_is_refused_for_an_hour()
    {
        var person = await host.Data.Staff(Role.Author);
        using var visitor = host.Visitor();
        for (var i = 0; i < 6; i++)
        {
            await visitor.Post(Path, Form(person.UserName, "wrong-password-1"));
        }

        var locked = await visitor.Post(Path, Form(person.UserName, PortalHost.Password));
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        var later = await visitor.Post(Path, Form(person.UserName, PortalHost.Password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.Status);
        Assert.Equal(HttpStatusCode.SeeOther, later.Status);
    }

    [Fact]
    public async Task A_success_forgets_earlier_failures()
    {
        var person = await host.Data.Staff(Role.Author);
        using var visitor = host.Visitor();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                await visitor.Post(Path, Form(person.UserName, "wrong-password-1"));
            }

            using var fresh = host.Visitor();
            Assert.Equal(
                HttpStatusCode.SeeOther, (await fresh.Post(Path, Form(person.UserName, PortalHost.Password))).Status);
        }
    }

    [Fact]
    public async Task Thirty_idle_minutes_end_a_session()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.Author));
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        var still = await browser.Get("/console");
        host.Clock.Advance(TimeSpan.FromMinutes(31));

        var over = await browser.Get("/console");

        Assert.Equal(HttpStatusCode.OK, still.Status);
        Assert.Equal(HttpStatusCode.Redirect, over.Status);
    }

    [Fact]
    public async Task Twelve_hours_end_a_session_however_busy()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.Author));
        for (var i = 0; i < 28; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(25));
            Assert.Equal(HttpStatusCode.OK, (await browser.Get("/console")).Status);
        }

        host.Clock.Advance(TimeSpan.FromMinutes(25));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/console")).Status);
    }

    [Fact]
    public async Task A_planted_key_never_becomes_a_session()
    {
        const string Planted = "portal-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        var person = await host.Data.Staff(Role.Author);
        using var victim = host.Visitor();
        var page = await victim.Get(Path);
        var antiforgery = page.Header("Set-Cookie")!.Split(';')[0];

        var answer = await victim.Send(
            HttpMethod.Post,
            Path,
            new FormUrlEncodedContent(new Dictionary<string, string>(Form(person.UserName, PortalHost.Password))
            {
                ["_token"] = page.Token!,
            }),
            ("Cookie", Planted + "; " + antiforgery));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.NotEqual(Planted, answer.Header("Set-Cookie")!.Split(';')[0]);
        using var attacker = host.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await attacker.Get("/console", ("Cookie", Planted))).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/console//evil.example")]
    [InlineData("/console\\evil")]
    [InlineData("/elsewhere")]
    public async Task A_sign_in_never_leads_off_the_console(string elsewhere)
    {
        var person = await host.Data.Staff(Role.Author);
        using var visitor = host.Visitor();

        var answer = await visitor.Post(
            Path, new(Form(person.UserName, PortalHost.Password)) { ["Return"] = elsewhere });

        Assert.Equal("/console", answer.Location);
    }

    [Fact]
    public async Task What_was_sent_after_the_session_had_ended_comes_along_through_the_sign_in()
    {
        var person = await host.Data.Staff(Role.ProvincialAdmin);
        var browser = await host.SignInAs(person);
        var token = (await browser.Get("/console/organisations/new")).Token!;
        host.Clock.Advance(TimeSpan.FromHours(1));

        var refused = await browser.PostRaw(
            "/console/organisations/new",
            [new("_token", token), new("Name", "云岭省测试厅"), new("Address", "第一行\n第二行 <b>&")]);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        var carried = refused.Document.QuerySelector("input[name=Carried]")!.GetAttribute("value")!;
        var resumed = await browser.PostRaw(Path, new Dictionary<string, string>(Form(person.UserName, PortalHost.Password))
        {
            ["_token"] = refused.Token!,
            ["Carried"] = carried,
        });

        Assert.Equal(HttpStatusCode.OK, resumed.Status);
        var form = resumed.Document.QuerySelector("form")!;
        Assert.Equal("/console/organisations/new", form.GetAttribute("action"));
        Assert.Equal("云岭省测试厅", form.QuerySelector("input[name=Name]")!.GetAttribute("value"));
        Assert.Equal("第一行\n第二行 <b>&", form.QuerySelector("textarea[name=Address]")!.TextContent);
        var sent = await browser.PostRaw(
            "/console/organisations/new", [new("_token", resumed.Token!), new("Name", "云岭省测试厅")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_one_person_typed_is_never_handed_to_another_and_waits_for_its_writer(bool signedOut)
    {
        var writer = await host.Data.Staff(Role.ProvincialAdmin);
        var other = await host.Data.Staff(Role.ProvincialAdmin);
        var browser = await host.SignInAs(writer, again: true);
        var token = (await browser.Get("/console/organisations/new")).Token!;
        if (signedOut)
        {
            await browser.Post("/console/sign-out", [], "/console");
        }
        else
        {
            host.Clock.Advance(TimeSpan.FromHours(1));
        }

        var refused = await browser.PostRaw(
            "/console/organisations/new", [new("_token", token), new("Name", "甲写的机构")]);
        var theirs = await browser.PostRaw(Path, Carrying(other, refused));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, theirs.Status);
        Assert.Contains(
            "保留的内容由另一位工作人员填写，只能由本人登录后继续提交。", theirs.Errors.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("甲写的机构", theirs.Text, StringComparison.Ordinal);
        // Nobody is signed in by that, and the text still waits.
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/console")).Status);
        var resumed = await browser.PostRaw(Path, Carrying(writer, theirs));

        Assert.Equal(HttpStatusCode.OK, resumed.Status);
        Assert.Equal("甲写的机构", resumed.Document.QuerySelector("input[name=Name]")!.GetAttribute("value"));

        static Dictionary<string, string> Carrying(Person person, Answer page) =>
            new(Form(person.UserName, PortalHost.Password))
            {
                ["_token"] = page.Token!,
                ["Carried"] = page.Document.QuerySelector("input[name=Carried]")!.GetAttribute("value")!,
            };
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        var person = await host.Data.Staff(Role.Author);
        var browser = await host.SignInAs(person);

        var answer = await browser.Post("/console/sign-out", [], "/console");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/console")).Status);
    }

    private static Dictionary<string, string> Form(string userName, string password) =>
        new() { ["UserName"] = userName, ["Password"] = password };
}
