using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Testing;

namespace Portal.Host.Tests.Access;

/// <summary>A form that names another site's object, or a stage that is not one's own: refused, and on record.</summary>
[Collection(TwoSites.Name)]
[Trait("Needs", "Database")]
public sealed class ForgedScopeTests(AccessWorld world)
{
    [Fact]
    public Task Another_site_to_work_on() =>
        RefusedAsync(Who.Author, "/console/current-site", HttpStatusCode.NotFound, ("SiteId", world.Other.Site.Id));

    [Fact]
    public Task A_role_on_another_site() => RefusedAsync(
        Who.SiteManager, $"/console/staff/{world.Own.Colleague}/grants", HttpStatusCode.NotFound,
        ("Role", "Author"), ("SiteId", world.Other.Site.Id), ("Reason", "试验"));

    [Fact]
    public Task An_account_in_another_organisation() => RefusedAsync(
        Who.SiteManager, "/console/staff/new", HttpStatusCode.NotFound,
        ("UserName", "newcomer"), ("Name", "新同事"), ("OrganisationId", world.Other.Site.OrganisationId));

    [Fact]
    public Task An_organisation_below_another_one() => RefusedAsync(
        Who.CityAdmin, "/console/organisations/new", HttpStatusCode.NotFound,
        ("Key", "newcomer"), ("ParentId", world.Other.Site.OrganisationId), ("Kind", "Department"), ("Name", "某处"),
        ("ShortName", "某处"), ("RegionCode", "990000"));

    [Fact]
    public Task A_site_of_another_organisation() => RefusedAsync(
        Who.CityAdmin, "/console/sites/new", HttpStatusCode.NotFound,
        ("Key", "newcomer"), ("OrganisationId", world.Other.Site.OrganisationId), ("ParentId", world.Own.Site.Id),
        ("Kind", "Subsite"), ("ApprovalNumber", "云政办函〔2026〕3号"), ("ApprovalAuthority", "云岭省人民政府办公厅"),
        ("ApprovedOn", "2026-01-05"), ("Name", "某网站"), ("Domains", "newcomer.yunling.gov.cn"), ("Accent", "#1d4f91"),
        ("Emblem", "emblem.svg"));

    [Fact]
    public Task A_document_in_another_sites_channel() => RefusedAsync(
        Who.Author, "/console/documents", HttpStatusCode.NotFound,
        ("Id", Guid.CreateVersion7()), ("Type", "article"), ("ChannelId", world.Other.Channel), ("Title", "新稿件"));

    [Fact]
    public Task A_channel_below_another_sites_one() => RefusedAsync(
        Who.ChannelEditor, "/console/channels", HttpStatusCode.NotFound,
        ("Name", "栏目"), ("Type", "Dynamics"), ("Slug", "newcomer"), ("ParentId", world.Other.Channel));

    [Theory]
    [InlineData(nameof(Who.Releaser), "Release")]
    [InlineData(nameof(Who.SecondReviewer), "Second")]
    [InlineData(nameof(Who.Author), "First")]
    public Task A_stage_that_the_edition_is_not_at(string who, string stage) => RefusedAsync(
        Enum.Parse<Who>(who), $"/console/editions/{world.Own.Waiting}/reviews", HttpStatusCode.Forbidden,
        ("Stage", stage), ("State", "AwaitingRelease"), ("SiteId", world.Own.Site.Id), ("Decision", "approve"),
        ("Opinion", "同意。"), ("SecrecyChecked", "true"), ("ContentHash", "forged"));

    [Fact]
    public Task An_edition_of_another_site_at_ones_own_stage() => RefusedAsync(
        Who.FirstReviewer, $"/console/editions/{world.Other.Waiting}/reviews", HttpStatusCode.NotFound,
        ("SiteId", world.Own.Site.Id), ("Decision", "approve"), ("Opinion", "同意。"), ("SecrecyChecked", "true"),
        ("ContentHash", "forged"));

    [Fact]
    public async Task What_does_not_exist_at_all_is_no_attempt()
    {
        var person = world.People[Who.Author];
        var browser = await world.SignInAs(person);
        var before = await RefusalsAsync(person);

        var answer = await browser.Get($"/console/editions/{Guid.CreateVersion7()}");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(before, await RefusalsAsync(person));
    }

    private async Task RefusedAsync(Who who, string path, HttpStatusCode status, params (string Name, object Value)[] fields)
    {
        var person = world.People[who];
        var browser = await world.SignInAs(person);
        var before = await RefusalsAsync(person);

        var answer = await browser.Post(
            path, fields.ToDictionary(field => field.Name, field => field.Value.ToString()!), "/console/account/password");

        Assert.Equal(status, answer.Status);
        Assert.Equal(before + 1, await RefusalsAsync(person));
    }

    private Task<int> RefusalsAsync(Person person)
    {
        var (action, id) = ("\"host.request.refused\"", $"\"{person.Id}\"");
        return world.Use<HostDbContext, int>(async db => (await db.Outbox.AsNoTracking().Select(row => row.Payload).ToListAsync())
            .Count(payload => payload.Contains(action, StringComparison.Ordinal) && payload.Contains(id, StringComparison.Ordinal)));
    }
}
