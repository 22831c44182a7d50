using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Identity;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Host.Tests.Identity;

public sealed class StaffTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_choice_left_empty_is_said_at_its_field_and_an_optional_one_counts_as_not_made()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var person = await host.Data.Staff(Role.Author);

        var unmade = await browser.Post("/console/staff/new", new()
        {
            ["UserName"] = "no.unit",
            ["Name"] = "无单位",
            ["OrganisationId"] = "",
        });
        var granted = await browser.Post(
            $"/console/staff/{person.Id}/grants", new(Grant(Role.FirstReviewer, "jyt")) { ["ChannelId"] = "" },
            $"/console/staff/{person.Id}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unmade.Status);
        Assert.NotNull(unmade.Document.QuerySelector("#OrganisationId-error"));
        Assert.Equal(HttpStatusCode.SeeOther, granted.Status);
    }

    [Fact]
    public async Task A_new_account_must_change_its_password_before_anything_else()
    {
        var manager = await host.Data.Staff(Role.ProvincialAdmin);
        var browser = await host.SignInAs(manager);
        var created = await browser.Post("/console/staff/new", new()
        {
            ["UserName"] = "new.person",
            ["Name"] = "新人",
            ["OrganisationId"] = host.Site("jyt").OrganisationId.ToString(),
        });
        var password = created.Document.QuerySelector("code")!.TextContent;
        var id = created.Document.QuerySelector("main a[href^='/console/staff/']")!.GetAttribute("href")!;
        await browser.Post(id + "/grants", Grant(Role.Author, "jyt"), id);

        using var fresh = host.Visitor("jyt");
        var signedIn = await fresh.Post("/console/sign-in", new() { ["UserName"] = "new.person", ["Password"] = password });
        Assert.Equal("/console/account/password", signedIn.Location);
        Assert.Equal(HttpStatusCode.SeeOther, (await fresh.Get("/console")).Status);
        var changed = await fresh.Post("/console/account/password", new()
        {
            ["Current"] = password,
            ["New"] = "a-password-of-my-own",
            ["Again"] = "a-password-of-my-own",
        });

        Assert.Equal(HttpStatusCode.SeeOther, changed.Status);
        Assert.Equal(HttpStatusCode.OK, (await fresh.Get("/console")).Status);
    }

    [Theory]
    [InlineData(Role.ProvincialAdmin, "province", Role.ProvincialAdmin, "province", true)]
    [InlineData(Role.ProvincialAdmin, "province", Role.Auditor, "province", true)]
    [InlineData(Role.ProvincialAdmin, "province", Role.Releaser, "lanqiao", true)]
    [InlineData(Role.ProvincialAdmin, "yunpu", Role.ProvincialAdmin, "lanqiao", true)]
    [InlineData(Role.ProvincialAdmin, "yunpu", Role.SiteManager, "province", false, HttpStatusCode.NotFound)]
    [InlineData(Role.SiteManager, "yunpu", Role.Author, "lanqiao", true)]
    [InlineData(Role.SiteManager, "yunpu", Role.SiteManager, "yunpu", true)]
    [InlineData(Role.SiteManager, "yunpu", Role.Author, "province", false, HttpStatusCode.NotFound)]
    [InlineData(Role.SiteManager, "yunpu", Role.Author, "jyt", false, HttpStatusCode.NotFound)]
    [InlineData(Role.SiteManager, "yunpu", Role.ProvincialAdmin, "yunpu", false, HttpStatusCode.UnprocessableEntity)]
    [InlineData(Role.SiteManager, "yunpu", Role.Auditor, "yunpu", false, HttpStatusCode.UnprocessableEntity)]
    public async Task Roles_are_given_within_ones_own_scope(
        Role mine, string here, Role given, string there, bool allowed, HttpStatusCode status = HttpStatusCode.SeeOther)
    {
        var manager = await host.Data.Staff(mine, here);
        // Somebody of my own unit, without a role yet.
        var person = await Nobody(here);
        var browser = await host.SignInAs(manager);

        var answer = await browser.Post($"/console/staff/{person}/grants", Grant(given, there), $"/console/staff/{person}");

        Assert.Equal(status, answer.Status);
        Assert.Equal(allowed ? 1 : 0, await host.Use<HostDbContext, int>(db =>
            db.StaffGrants.CountAsync(grant => grant.StaffId == person)));
    }

    [Fact]
    public async Task Who_has_lost_every_role_reaches_the_sign_in_page_and_nothing_else()
    {
        var person = await host.Data.Staff(Role.Author);
        var browser = await host.SignInAs(person);
        await host.Use<HostDbContext>(async db =>
        {
            var grant = await db.StaffGrants.SingleAsync(row => row.StaffId == person.Id);
            db.StaffGrantRevocations.Add(new StaffGrantRevocation
            {
                GrantId = grant.Id,
                Reason = "test",
                RevokedAt = host.Clock.GetUtcNow(),
            });
            await db.SaveChangesAsync();
            await db.Staff.Where(row => row.Id == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.GrantsVersion, Guid.CreateVersion7()));
        });

        var closed = await browser.Get("/console");
        var open = await browser.Get("/console/sign-in");

        Assert.Equal(HttpStatusCode.Forbidden, closed.Status);
        Assert.NotNull(open.Document.QuerySelector("#Password"));
    }

    [Fact]
    public async Task An_auditor_holds_no_other_role()
    {
        var admin = await host.Data.Staff(Role.ProvincialAdmin);
        var auditor = await host.Data.Staff(Role.Auditor);
        var author = await host.Data.Staff(Role.Author);
        var browser = await host.SignInAs(admin);

        var second = await browser.Post(
            $"/console/staff/{auditor.Id}/grants", Grant(Role.Author, "province"), $"/console/staff/{auditor.Id}");
        var audit = await browser.Post(
            $"/console/staff/{author.Id}/grants", Grant(Role.Auditor, "province"), $"/console/staff/{author.Id}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, audit.Status);
    }

    [Fact]
    public async Task Nobody_gives_a_role_to_themselves()
    {
        var manager = await host.Data.Staff(Role.SiteManager, "yunpu");
        var browser = await host.SignInAs(manager);

        var answer = await browser.Post(
            $"/console/staff/{manager.Id}/grants", Grant(Role.Releaser, "yunpu"), $"/console/staff/{manager.Id}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
    }

    [Fact]
    public async Task A_revoked_role_is_gone_with_the_next_request()
    {
        var admin = await host.Data.Staff(Role.ProvincialAdmin);
        var manager = await host.Data.Staff(Role.SiteManager, "jyt");
        var theirs = await host.SignInAs(manager);
        var mine = await host.SignInAs(admin);
        Assert.Equal(HttpStatusCode.OK, (await theirs.Get("/console/sites")).Status);
        var grant = await host.Use<HostDbContext, Guid>(db =>
            db.StaffGrants.Where(row => row.StaffId == manager.Id).Select(row => row.Id).SingleAsync());

        await mine.Post(
            $"/console/staff/{manager.Id}/revocations",
            new() { ["GrantId"] = grant.ToString(), ["RevocationReason"] = "岗位调整" },
            $"/console/staff/{manager.Id}");

        Assert.Equal(HttpStatusCode.Forbidden, (await theirs.Get("/console/sites")).Status);
    }

    [Fact]
    public async Task A_closed_account_is_out_with_the_next_request_and_cannot_come_back()
    {
        var admin = await host.Data.Staff(Role.ProvincialAdmin);
        var author = await host.Data.Staff(Role.Author, "jyt");
        var theirs = await host.SignInAs(author);
        var mine = await host.SignInAs(admin);

        var answer = await mine.Post(
            $"/console/staff/{author.Id}/status",
            new() { ["Disabled"] = "true", ["StatusReason"] = "离职" },
            $"/console/staff/{author.Id}");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(HttpStatusCode.Redirect, (await theirs.Get("/console")).Status);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.SignInAs(author, again: true));
    }

    [Fact]
    public async Task A_site_manager_cannot_take_over_the_account_of_a_provincial_admin()
    {
        var admin = await host.Data.Staff((Role.ProvincialAdmin, "province", null), (Role.Author, "yunpu", null));
        var manager = await host.Data.Staff(Role.SiteManager, "yunpu");
        var browser = await host.SignInAs(manager);

        var page = await browser.Get($"/console/staff/{admin.Id}");
        var answer = await browser.Post($"/console/staff/{admin.Id}/credentials", [], "/console");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task Accounts_outside_ones_scope_do_not_exist()
    {
        var stranger = await host.Data.Staff(Role.Author, "jyt");
        var browser = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "yunpu"));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/console/staff/{stranger.Id}")).Status);
        Assert.DoesNotContain(stranger.Name, (await browser.Get("/console/staff")).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grants_and_refusals_are_told_to_the_trail()
    {
        var manager = await host.Data.Staff(Role.SiteManager, "yunpu");
        var person = await Nobody("yunpu");
        var browser = await host.SignInAs(manager);
        await browser.Post($"/console/staff/{person}/grants", Grant(Role.Author, "yunpu"), $"/console/staff/{person}");
        await browser.Get("/console/settings");

        var told = await host.Use<HostDbContext, List<string>>(db =>
            db.Outbox.Select(message => message.Payload).ToListAsync());

        Assert.Contains(told, payload => payload.Contains("host.staff.role-granted", StringComparison.Ordinal)
            && payload.Contains(person.ToString(), StringComparison.Ordinal));
        Assert.Contains(told, payload => payload.Contains("host.request.refused", StringComparison.Ordinal)
            && payload.Contains(manager.Id.ToString(), StringComparison.Ordinal));
    }

    private async Task<Guid> Nobody(string site)
    {
        var person = await host.Data.Staff(Role.Author, site);
        await using var owner = new Npgsql.NpgsqlConnection(host.OwnerConnection);
        await owner.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("delete from host.staff_grants where staff_id = $1", owner);
        command.Parameters.Add(new Npgsql.NpgsqlParameter<Guid> { TypedValue = person.Id });
        await command.ExecuteNonQueryAsync();
        return person.Id;
    }

    private Dictionary<string, string> Grant(Role role, string site) => new()
    {
        ["Role"] = role.ToString(),
        ["SiteId"] = host.Site(site).Id.ToString(),
        ["Reason"] = "测试授权",
    };
}
