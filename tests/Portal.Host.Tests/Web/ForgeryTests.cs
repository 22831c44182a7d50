using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Actors;
using Portal.Shared.Web;
using Portal.Testing;

namespace Portal.Host.Tests.Web;

public sealed class ForgeryTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string New = "/console/organisations/new";

    internal static readonly Dictionary<string, string> Returned = new()
    {
        ["/letters/new"] = "FormToken",
        ["/consultations/{key}/opinions/new"] = "FormToken",
        ["/surveys/{key}/answer"] = "Act",
        ["/interviews/{key}/questions/new"] = "FormToken",
        ["/error-reports/new"] = "FormToken",
        ["/disclosure/requests/new"] = "FormToken",
    };

    private static readonly string[] Unsafe = ["POST", "PUT", "PATCH", "DELETE"];

    [Fact]
    public async Task Every_form_without_its_token_is_refused()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var routes = Forms().ToList();
        Assert.NotEmpty(routes);

        foreach (var route in routes)
        {
            var answer = await browser.PostRaw(AddressOf(route), [new("anything", "at all")]);

            // What is only shown again answers as its handler does, without the field that lets it take effect.
            Assert.True(
                answer.Status == HttpStatusCode.BadRequest
                    || (Returned.ContainsKey(route.RoutePattern.RawText!)
                        && answer.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound),
                $"{route.RoutePattern.RawText} answered {answer.Status}");
        }
    }

    [Fact]
    public void Only_these_forms_are_shown_again_without_a_token_and_each_without_what_makes_it_count() =>
        Assert.Equal(
            Returned.OrderBy(form => form.Key, StringComparer.Ordinal),
            Endpoints(Unsafe)
                .Where(route => route.Metadata.GetMetadata<ShownAgainAttribute>() is not null)
                .Select(route => KeyValuePair.Create(route.RoutePattern.RawText!, route.Metadata.GetMetadata<ShownAgainAttribute>()!.Field))
                .OrderBy(form => form.Key, StringComparer.Ordinal));

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task No_form_that_comes_from_elsewhere_is_shown_again(string header, string value)
    {
        using var visitor = host.Visitor();
        foreach (var route in Endpoints(Unsafe).Where(route => Returned.ContainsKey(route.RoutePattern.RawText!)))
        {
            var answer = await visitor.Send(
                HttpMethod.Post, AddressOf(route), new FormUrlEncodedContent([new("Title", "某标题")]), (header, value));

            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("没有提交成功", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("某标题", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_of_somebody_else_is_refused()
    {
        var mine = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var theirs = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var token = (await theirs.Get(New)).Token!;

        var answer = await mine.PostRaw(New, [new("_token", token), new("Name", "某机构")]);

        // What was typed on somebody else's page waits for them, sealed: it is not handed to who is signed in.
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("刚才提交的页面是用另一账号打开的", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("某机构", answer.Text, StringComparison.Ordinal);
        Assert.NotNull(answer.Document.QuerySelector("input[name=Carried]"));
    }

    [Fact]
    public async Task Who_typed_on_a_page_of_their_own_after_somebody_else_signed_in_there_gets_it_back()
    {
        var writer = await host.Data.Staff(Role.ProvincialAdmin);
        var other = await host.Data.Staff(Role.ProvincialAdmin);
        var browser = await host.SignInAs(writer, again: true);
        var page = await browser.Get(New);
        var signIn = await SignInTo(browser, other, []);
        Assert.Equal(HttpStatusCode.SeeOther, signIn.Status);

        var refused = await browser.PostRaw(New, [new("_token", page.Token!), new("Name", "甲写的机构")]);
        Assert.DoesNotContain("甲写的机构", refused.Text, StringComparison.Ordinal);
        var theirs = await SignInTo(browser, other, [new("Carried", CarriedBy(refused)), new("_token", refused.Token!)]);
        Assert.DoesNotContain("甲写的机构", theirs.Text, StringComparison.Ordinal);
        var mine = await SignInTo(browser, writer, [new("Carried", CarriedBy(theirs)), new("_token", theirs.Token!)]);

        Assert.Equal(HttpStatusCode.OK, mine.Status);
        Assert.Equal("甲写的机构", mine.Document.QuerySelector("input[name=Name]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_form_without_a_token_that_holds_is_shown_again_and_sent_only_by_the_person(bool otherBrowser)
    {
        var person = await host.Data.Staff(Role.ProvincialAdmin);
        var browser = await host.SignInAs(person);
        // The same person's page, but of a browser whose cookies are gone: its token does not belong to this cookie.
        var token = otherBrowser ? (await (await host.SignInAs(person, again: true)).Get(New)).Token! : "";
        var name = $"云岭省{(otherBrowser ? "甲" : "乙")}测试局";
        List<KeyValuePair<string, string>> typed = [new("Name", name), new("Address", "第一行\n第二行 <b>&")];

        var refused = await browser.Send(
            HttpMethod.Post, New, new FormUrlEncodedContent([new("_token", token), .. typed]),
            ("Sec-Fetch-Site", "same-origin"), ("Origin", browser.Address.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("请确认后重新提交", refused.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(name, refused.Document.QuerySelector("details")!.TextContent, StringComparison.Ordinal);
        var form = refused.Document.QuerySelector("form")!;
        Assert.Equal(New, form.GetAttribute("action"));
        Assert.Equal("第一行\n第二行 <b>&", form.QuerySelector("textarea[name=Address]")!.TextContent);
        Assert.False(await host.Use<HostDbContext, bool>(db => db.Organisations.AnyAsync(row => row.Name == name)));
        var sent = await browser.PostRaw(New, [new("_token", refused.Token!), .. typed]);
        // It reaches the handler, which misses the rest of the form.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Equal(name, sent.Document.QuerySelector("input[name=Name]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Nothing_is_kept_of_what_comes_from_elsewhere(string header, string value)
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var answer = await browser.Send(
            HttpMethod.Post, New, new FormUrlEncodedContent([new("Name", "某机构")]), (header, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain("某机构", answer.Text, StringComparison.Ordinal);
        Assert.Null(answer.Document.QuerySelector("form"));
    }

    [Fact]
    public async Task No_password_is_kept_and_scripts_get_no_page()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var password = await browser.PostRaw("/console/account/password", [new("New", "一个 新密码"), new("Current", "x")]);
        var script = await browser.Send(
            HttpMethod.Post, New, new FormUrlEncodedContent([new("Name", "某机构")]), ("Accept", "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, password.Status);
        Assert.DoesNotContain("一个 新密码", password.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, script.Status);
        Assert.DoesNotContain("某机构", script.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_browser_sends_from_another_site_is_refused_even_with_a_token()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var token = (await browser.Get(New)).Token!;

        var answer = await browser.Send(
            HttpMethod.Post, New,
            new FormUrlEncodedContent([new("_token", token), new("Name", "某机构")]), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Every_page_of_the_console_asks_for_a_sign_in()
    {
        using var visitor = host.Visitor();
        var routes = Endpoints(["GET"])
            .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("console", StringComparison.Ordinal)
                && !route.RoutePattern.RawText!.Contains("sign-in", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(routes);

        foreach (var route in routes)
        {
            var answer = await visitor.Get(AddressOf(route));

            Assert.True(answer.Location?.StartsWith("/console/sign-in", StringComparison.Ordinal) == true,
                $"{route.RoutePattern.RawText} answered {answer.Status}");
        }
    }

    [Fact]
    public void Every_endpoint_states_its_authorisation() =>
        Assert.All(
            host.Services.GetRequiredService<EndpointDataSource>().Endpoints,
            endpoint => Assert.True(
                endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
                || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
                endpoint.DisplayName));

    [Fact]
    public async Task A_post_that_only_reads_gives_who_is_signed_in_what_anybody_gets()
    {
        var known = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        using var visitor = host.Visitor();
        var route = AddressOf(Assert.Single(Endpoints(Unsafe), OnlyReads));

        var answers = new[] { await known.PostRaw(route, [new("verb", "ListSets")]), await visitor.PostRaw(route, [new("verb", "ListSets")]) };

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(answers, answer => Assert.False(answer.Headers.Contains("Set-Cookie")));
        Assert.Single(answers.Select(answer => answer.Document.QuerySelector("ListSets")!.OuterHtml).Distinct());
    }

    [Fact]
    public void Every_form_states_its_antiforgery() =>
        Assert.All(
            Forms(),
            endpoint => Assert.True(
                endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true }, endpoint.DisplayName));

    [Fact]
    public async Task A_request_of_a_machine_is_refused_without_its_signature_whoever_is_signed_in()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var routes = Endpoints(Unsafe).Where(IsSigned).ToList();
        Assert.NotEmpty(routes);

        foreach (var route in routes)
        {
            var answer = await browser.PostRaw(AddressOf(route), [new("anything", "at all")]);

            Assert.True(
                answer.Status == HttpStatusCode.Unauthorized, $"{route.RoutePattern.RawText} answered {answer.Status}");
        }
    }

    [Theory]
    [InlineData("name\0")]
    [InlineData("\0")]
    public async Task A_null_character_is_refused_before_it_reaches_the_database(string name)
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var form = await browser.Post(New, new() { ["Name"] = name });
        var query = await browser.Get("/console/staff?q=%00");

        Assert.Equal(HttpStatusCode.BadRequest, form.Status);
        Assert.Equal(HttpStatusCode.BadRequest, query.Status);
    }

    // No browser sends a signature by itself, so there a token would guard nothing.
    private IEnumerable<RouteEndpoint> Forms() => Endpoints(Unsafe).Where(route => !IsSigned(route) && !OnlyReads(route));

    // Gives everybody the same and changes nothing, whoever makes a browser send it.
    private static bool OnlyReads(RouteEndpoint route) => route.Metadata.GetMetadata<ReadingPostAttribute>() is not null;

    private static bool IsSigned(RouteEndpoint route) => route.Metadata.GetMetadata<SignedRequestAttribute>() is not null;

    private static string CarriedBy(Answer page) =>
        page.Document.QuerySelector("input[name=Carried]")!.GetAttribute("value")!;

    private static async Task<Answer> SignInTo(Browser browser, Person person, List<KeyValuePair<string, string>> fields)
    {
        if (fields.Count == 0)
        {
            // The form of somebody who has signed out, as the second person at a shared machine.
            await browser.Post("/console/sign-out", [], "/console");
            fields = [new("_token", (await browser.Get("/console/sign-in")).Token!)];
        }

        return await browser.PostRaw(
            "/console/sign-in",
            [.. fields, new("UserName", person.UserName), new("Password", PortalHost.Password)]);
    }

    private IEnumerable<RouteEndpoint> Endpoints(string[] methods) =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { } metadata
                && metadata.HttpMethods.Any(methods.Contains));

    // A value for every parameter: an id that nobody has, a word elsewhere.
    private static string AddressOf(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(
        segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies: { Count: > 0 } policies } =>
                policies.Any(policy => policy.Content == "guid") ? Guid.Empty.ToString() : "0",
            _ => "word",
        }))));
}
