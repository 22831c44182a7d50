using System.Net;
using Portal.Host.Organisations;
using Portal.Shared.Actors;
using Portal.Shared.Text;
using Portal.Testing;

namespace Portal.Host.Tests.Organisations;

public sealed class OrganisationTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Theory]
    [InlineData("11990000990001378E", true)]
    [InlineData("11990000990002741K", true)]
    [InlineData("11990000990001378F", false)]
    [InlineData("1199000099000137", false)]
    [InlineData("1199000O990001378E", false)]
    public void A_credit_code_has_its_check_character(string code, bool valid) =>
        Assert.Equal(valid, CreditCode.IsValid(code));

    [Theory]
    [InlineData(OrganisationKind.Prefecture, OrganisationKind.Province, true)]
    [InlineData(OrganisationKind.County, OrganisationKind.Prefecture, true)]
    [InlineData(OrganisationKind.Township, OrganisationKind.County, true)]
    [InlineData(OrganisationKind.Township, OrganisationKind.Province, false)]
    [InlineData(OrganisationKind.Prefecture, OrganisationKind.County, false)]
    [InlineData(OrganisationKind.Department, OrganisationKind.Department, false)]
    [InlineData(OrganisationKind.Province, OrganisationKind.Province, false)]
    public void The_tree_has_its_levels(OrganisationKind kind, OrganisationKind parent, bool allowed) =>
        Assert.Equal(allowed, OrganisationRules.MayStandUnder(kind, parent));

    [Theory]
    [InlineData("990100", OrganisationKind.Prefecture, "990000", OrganisationKind.Province, true)]
    [InlineData("110000", OrganisationKind.Prefecture, "990000", OrganisationKind.Province, false)]
    [InlineData("990102", OrganisationKind.County, "990100", OrganisationKind.Prefecture, true)]
    [InlineData("990202", OrganisationKind.County, "990100", OrganisationKind.Prefecture, false)]
    [InlineData("990102", OrganisationKind.Township, "990102", OrganisationKind.County, true)]
    [InlineData("990103", OrganisationKind.Township, "990102", OrganisationKind.County, false)]
    [InlineData("990100", OrganisationKind.Department, "990100", OrganisationKind.Prefecture, true)]
    [InlineData("990101", OrganisationKind.Department, "990100", OrganisationKind.Prefecture, false)]
    public void A_region_lies_within_its_parents(
        string code, OrganisationKind kind, string parentCode, OrganisationKind parent, bool within) =>
        Assert.Equal(within, OrganisationRules.IsRegionWithin(code, kind, parentCode, parent));

    [Theory]
    [InlineData("Department", "990000")]
    [InlineData("Prefecture", "99开头")]
    public async Task A_region_outside_the_parents_is_refused(string kind, string expected)
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var answer = await browser.Post("/console/organisations/new", new(Form("某外省单位", "outside"))
        {
            ["Kind"] = kind,
            ["RegionCode"] = "110000",
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(expected, answer.Document.QuerySelector("#RegionCode-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisation_is_added_and_shown_in_the_tree()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var answer = await browser.Post("/console/organisations/new", Form("云岭省档案馆", "archives"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Contains("云岭省档案馆", (await browser.Visit(answer.Location!)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var answer = await browser.Post("/console/organisations/new", Form("云岭省教育厅", "jyt-again"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector("#Name-error"));
    }

    [Fact]
    public async Task Site_managers_do_not_change_the_tree()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.SiteManager));

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/console/organisations")).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await browser.Post("/console/organisations/new", Form("某机构", "some-unit"), "/console")).Status);
    }

    private Dictionary<string, string> Form(string name, string key) => new()
    {
        ["Key"] = key,
        ["Kind"] = "Department",
        ["ParentId"] = host.Site("province").OrganisationId.ToString(),
        ["Name"] = name,
        ["ShortName"] = name,
        ["RegionCode"] = "990000",
    };
}
