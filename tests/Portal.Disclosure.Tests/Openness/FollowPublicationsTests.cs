using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Openness;
using Portal.Publishing;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.Imports;
using Portal.Shared.Actors;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Tests.Openness;

/// <summary>Which clocks documents start and stop (S-01, S-02, S-03, R-11).</summary>
public sealed class FollowPublicationsTests(OpennessHost host) : IClassFixture<OpennessHost>
{
    [Fact]
    public async Task A_normative_document_has_three_working_days_after_the_paper_was_issued()
    {
        var third = await host.WorkdaysBefore(host.Today, 3);
        var fourth = await host.WorkdaysBefore(host.Today, 4);
        var inTime = await Published("policy", ("issuedOn", OpennessHost.Iso(third)));
        var late = await Published("policy", ("issuedOn", OpennessHost.Iso(fourth)));
        var printed = await Published(
            "policy", ("issuedOn", OpennessHost.Iso(fourth)), ("printedOn", OpennessHost.Iso(host.Today)));

        Assert.Equal((OpennessKind.Normative, false), (inTime.Kind, inTime.IsLate(host.Clock.GetUtcNow())));
        Assert.Equal((OpennessKind.Normative, true), (late.Kind, late.IsLate(host.Clock.GetUtcNow())));
        // The paper came out later than it was signed: the time runs from then.
        Assert.Equal(BeijingTime.StartOf(host.Today), printed.StartedAt);
    }

    [Fact]
    public async Task Other_information_has_twenty_working_days()
    {
        var formed = new DateOnly(2026, 9, 25);
        var item = await Published("notice", ("issuedOn", OpennessHost.Iso(formed)));
        Assert.Equal(OpennessKind.Disclosure, item.Kind);
        var calendar = await host.Calendar();
        Assert.Equal(BeijingTime.StartOf(calendar.AddWorkdays(formed, 20).AddDays(1)), item.DueAt);
        // The seven days of National Day do not count.
        Assert.True(item.DueAt > BeijingTime.StartOf(formed.AddDays(28)));
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(25, true)]
    public async Task An_activity_has_24_hours_of_the_clock(int hours, bool late)
    {
        var ended = host.Clock.GetUtcNow().AddHours(-hours);
        var item = await Published("article", ("activityEndedAt", StaffInstants.Field(ended)));
        Assert.Equal(OpennessKind.Livelihood, item.Kind);
        Assert.Equal(item.StartedAt.AddHours(24), item.DueAt);
        Assert.Equal(late, item.IsLate(host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_draft_that_says_when_it_was_formed_is_open_until_it_is_discarded()
    {
        var channel = await host.Channel();
        var draft = await host.OnItsWay(channel);
        await host.DrainOutbox();
        var item = (await host.ItemOf(draft.DocumentId, OpennessKind.Normative))!;
        Assert.Null(item.DoneAt);
        Assert.Equal("关于试行的通知", item.Title);

        await host.Use<PublishingDbContext>(async db =>
        {
            var edition = await db.Editions.SingleAsync(row => row.Id == draft.Id);
            edition.State = EditionState.Discarded;
            db.TellForming(edition, null, host.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        });
        await host.DrainOutbox();
        Assert.Null(await host.ItemOf(draft.DocumentId, OpennessKind.Normative));
    }

    [Fact]
    public async Task The_publication_closes_the_item_of_the_draft_and_a_later_edition_does_not_open_it()
    {
        var channel = await host.Channel();
        var first = await host.Publish(channel, edition => edition.Fields["issuedOn"] = OpennessHost.Iso(host.Today));
        await host.DrainOutbox();
        var item = (await host.ItemOf(first.DocumentId, OpennessKind.Normative))!;
        await host.Publish(
            channel,
            edition =>
            {
                edition.Fields["issuedOn"] = OpennessHost.Iso(host.Today);
                edition.Fields["validity"] = "amended";
            },
            first.DocumentId);
        await host.DrainOutbox();
        var after = (await host.ItemOf(first.DocumentId, OpennessKind.Normative))!;
        Assert.Equal((item.Id, item.DoneAt, item.DueAt), (after.Id, after.DoneAt, after.DueAt));
    }

    [Fact]
    public async Task What_changed_has_twenty_working_days_and_each_change_keeps_its_own()
    {
        var channel = await host.Channel();
        var first = await host.Publish(channel, edition => edition.Fields["issuedOn"] = OpennessHost.Iso(host.Today));
        await host.DrainOutbox();
        Assert.Empty(await ChangesOf(first.DocumentId));
        var changed = host.Today;
        host.Clock.Advance(TimeSpan.FromDays(3));

        // A draft that says when the information changed is open from that day.
        var draft = await host.OnItsWay(
            channel, change: edition => edition.Fields["changedOn"] = OpennessHost.Iso(changed), document: first.DocumentId);
        await host.DrainOutbox();
        var open = Assert.Single(await ChangesOf(first.DocumentId));
        var due = BeijingTime.StartOf((await host.Calendar()).AddWorkdays(changed, 20).AddDays(1));
        Assert.Equal((BeijingTime.StartOf(changed), due, null), (open.StartedAt, open.DueAt, open.DoneAt));
        Assert.Equal("政府信息形成或者变更之日", OpennessClock.RuleOf(open.Kind, open.StartedAt)!.Starts);

        // It says another day, then none, then it is discarded.
        await Redraft(draft, OpennessHost.Iso(changed.AddDays(1)));
        Assert.Equal(BeijingTime.StartOf(changed.AddDays(1)), Assert.Single(await ChangesOf(first.DocumentId)).StartedAt);
        await Redraft(draft, OpennessHost.Iso(changed), EditionState.Discarded);
        Assert.Empty(await ChangesOf(first.DocumentId));

        // The update comes on the day after the last one: late, and it stays late.
        host.Clock.SetUtcNow(due.AddHours(10));
        await host.Publish(channel, edition => edition.Fields["changedOn"] = OpennessHost.Iso(changed), first.DocumentId);
        await host.DrainOutbox();
        var late = Assert.Single(await ChangesOf(first.DocumentId));
        Assert.True(late.IsLate(host.Clock.GetUtcNow()));
        Assert.Equal(host.Today, BeijingTime.Date(late.DoneAt!.Value));

        // A later edition carries the day on; the next change has a day and an item of its own, in time.
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Publish(channel, edition => edition.Fields["changedOn"] = OpennessHost.Iso(changed), first.DocumentId);
        await host.DrainOutbox();
        Assert.Equal(late.DoneAt, Assert.Single(await ChangesOf(first.DocumentId)).DoneAt);
        await host.Publish(channel, edition => edition.Fields["changedOn"] = OpennessHost.Iso(host.Today), first.DocumentId);
        await host.DrainOutbox();
        var both = await ChangesOf(first.DocumentId);
        Assert.Equal([true, false], both.Select(item => item.IsLate(host.Clock.GetUtcNow())));
        // The forming keeps the item that it had.
        Assert.NotNull(await host.ItemOf(first.DocumentId, OpennessKind.Normative));
    }

    [Fact]
    public async Task A_change_that_an_entered_record_states_is_timed_and_what_changed_before_it_was_there_is_not()
    {
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        Dictionary<string, string> form = new()
        {
            ["title"] = "云岭省2026年省级财政预算",
            ["writtenOn"] = "2026-01-05",
            ["publisher"] = "云岭省人民政府",
            ["subject"] = "0401",
            ["kind"] = "information",
            ["openness"] = "proactive",
            ["statutoryItem"] = "07",
            ["changedOn"] = "2026-02-02",
            ["Body"] = "预算说明。",
        };
        var entry = await host.Enter(keeper, form);
        var (id, path) = (entry.Id, "/console/disclosure/entries/" + entry.Id);
        Assert.Empty(await ChangesOf(id));

        form["changedOn"] = OpennessHost.Iso(host.Today.AddDays(1));
        form["Version"] = "1";
        Assert.Contains(
            (await keeper.Post(path, form)).Errors, error => error.Contains("晚于今天", StringComparison.Ordinal));
        form["changedOn"] = OpennessHost.Iso(host.Today);
        form["Body"] = "调整后的预算说明。";
        await host.Change(keeper, entry, form);
        var item = Assert.Single(await ChangesOf(id));
        Assert.Equal(BeijingTime.StartOf(host.Today), item.StartedAt);
        Assert.False(item.IsLate(host.Clock.GetUtcNow()));
        using var visitor = host.Visitor();
        Assert.Contains("信息变更日期", (await visitor.Get("/disclosure/records/" + id)).Text, StringComparison.Ordinal);
        var list = await keeper.Get("/console/disclosure/openness?set=DoneInTime&kind=Changed");
        Assert.Contains(item.Title, list.Text, StringComparison.Ordinal);
        Assert.Contains("已公开信息的更新", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_says_nothing_of_its_forming_or_was_formed_before_calendars_were_kept_is_not_timed()
    {
        var article = await host.Publish(await host.Channel(), edition => edition.Fields.Clear(), type: "article");
        var old = await host.Publish(await host.Channel(), edition => edition.Fields["issuedOn"] = "1998-03-01", type: "notice");
        await host.DrainOutbox();
        Assert.False(await host.Read(db => db.OpennessItems.AnyAsync(
            item => item.SubjectId == article.DocumentId || item.SubjectId == old.DocumentId)));
    }

    [Fact]
    public async Task A_publication_in_a_channel_of_basic_information_begins_its_cycle_anew()
    {
        var channel = await host.Channel();
        await host.Use<PublishingDbContext>(db => db.Channels.Where(row => row.Id == channel.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Type, ChannelType.Institutions)));
        await host.Publish(channel, edition => edition.Fields.Clear(), type: "article");
        await host.DrainOutbox();
        var item = (await host.ItemOf(channel.Id, OpennessKind.Basic))!;
        Assert.Equal(BeijingTime.StartOf(host.Today), item.StartedAt);
        Assert.True(item.DueAt >= BeijingTime.StartOf(host.Today.AddDays(366)));
        Assert.Null(item.DoneAt);

        // A cycle of the channel's own is shorter than what the site allows.
        await host.Cycle(channel, 30);
        Assert.Equal(
            BeijingTime.StartOf((await host.Calendar()).WorkdayFrom(host.Today.AddDays(30)).AddDays(1)),
            (await host.ItemOf(channel.Id, OpennessKind.Basic))!.DueAt);
        await host.Cycle(channel, 5000);
        Assert.Equal(item.DueAt, (await host.ItemOf(channel.Id, OpennessKind.Basic))!.DueAt);
        await host.Cycle(channel, 30, closed: true);
        Assert.Null(await host.ItemOf(channel.Id, OpennessKind.Basic));
    }

    [Fact]
    public async Task An_import_was_published_elsewhere_and_is_not_timed()
    {
        var channel = await host.Channel();
        var batch = new ImportBatch
        {
            Id = Guid.CreateVersion7(),
            SiteId = channel.SiteId,
            ChannelId = channel.Id,
            FileName = "laws.jsonl",
            FileHash = new string('0', 64),
            ApprovedByName = "测试员",
            StartedAt = host.Clock.GetUtcNow(),
        };
        await host.Use<PublishingDbContext>(async db =>
        {
            db.Add(batch);
            await db.SaveChangesAsync();
        });
        var edition = await host.Publish(channel, batch: batch.Id);
        await host.DrainOutbox();
        Assert.False(await host.Read(db => db.OpennessItems.AnyAsync(item => item.SubjectId == edition.DocumentId)));
    }

    private Task<List<OpennessItem>> ChangesOf(Guid subject) => host.Read(db => db.OpennessItems.AsNoTracking()
        .Where(item => item.SubjectId == subject && item.Kind == OpennessKind.Changed).OrderBy(item => item.StartedAt).ToListAsync());

    private async Task Redraft(Edition draft, string changedOn, EditionState state = EditionState.Draft)
    {
        await host.Use<PublishingDbContext>(async db =>
        {
            var edition = await db.Editions.SingleAsync(row => row.Id == draft.Id);
            edition.State = state;
            edition.Fields = new(edition.Fields, StringComparer.Ordinal) { ["changedOn"] = changedOn };
            edition.ContentHash = ContentHash.Of(edition);
            db.TellForming(edition, null, host.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        });
        await host.DrainOutbox();
    }

    private async Task<OpennessItem> Published(string type, params (string Key, string Value)[] fields)
    {
        var edition = await host.Publish(
            await host.Channel(),
            edition =>
            {
                foreach (var (key, value) in fields)
                {
                    edition.Fields[key] = value;
                }

                if (type != "policy")
                {
                    edition.Fields = new(fields.ToDictionary(field => field.Key, field => field.Value), StringComparer.Ordinal);
                }
            },
            type: type);
        await host.DrainOutbox();
        return await host.Read(db => db.OpennessItems.AsNoTracking().SingleAsync(
            item => item.SubjectId == edition.DocumentId && item.Kind != OpennessKind.Interpretation));
    }
}
