using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Audit.Trail.SignCheckpoint;
using Portal.Host.Identity;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Testing;

namespace Portal.Host.Tests.Access;

/// <summary>One object of every kind on a site.</summary>
internal sealed record Place(SiteInfo Site)
{
    public required Guid Parent { get; init; }

    public required Guid Channel { get; init; }

    /// <summary>A document with a live edition, published in an emergency.</summary>
    public required Guid Document { get; init; }

    public required Guid Live { get; init; }

    public required Guid Emergency { get; init; }

    public required string Path { get; init; }

    /// <summary>An edition that is still written; its first review is not asked for.</summary>
    public required Guid Draft { get; init; }

    /// <summary>An edition that waits for its first review.</summary>
    public required Guid Waiting { get; init; }

    /// <summary>Something that should have been public by now.</summary>
    public required Guid TimeLimit { get; init; }

    public required Guid Report { get; init; }

    /// <summary>A picture of the live edition.</summary>
    public required Guid Media { get; init; }

    /// <summary>A preview link to the live edition.</summary>
    public required string Token { get; init; }

    /// <summary>An entry of the information directory.</summary>
    public required Guid DirectoryEntry { get; init; }

    /// <summary>Entered information that waits for its first review.</summary>
    public required Guid Proposal { get; init; }

    /// <summary>Somebody of the site who does not take part.</summary>
    public required Guid Colleague { get; init; }

    /// <summary>Grants of the colleague; each is revoked once.</summary>
    public required Queue<Guid> Grants { get; init; }

    /// <summary>A request for information that a colleague handles, and a letter of it.</summary>
    public required Guid Request { get; init; }

    public required Guid Paper { get; init; }

    /// <summary>A mailbox, a letter to it that the site itself was given, and a file of its writer.</summary>
    public required Guid Mailbox { get; init; }

    public required Guid ReplyTemplate { get; init; }

    /// <summary>The hash on the receipt of the letter.</summary>
    public required string LetterHash { get; init; }

    public required Guid Letter { get; init; }

    public required Guid LetterFile { get; init; }

    /// <summary>Number of the letter, under which a copy of it is public.</summary>
    public required string LetterNumber { get; init; }

    /// <summary>A copy of the letter that waits to be released.</summary>
    public required Guid LetterCopy { get; init; }

    public required Guid ErrorReport { get; init; }

    public required Guid HotTopic { get; init; }

    public required string TopicNumber { get; init; }

    public required Guid Signal { get; init; }

    public required Guid SignalFeed { get; init; }

    /// <summary>A survey with its result; every site has one of this key.</summary>
    public required Guid Survey { get; init; }

    public required Guid Consultation { get; init; }

    public required string ConsultationKey { get; init; }

    public required Guid Opinion { get; init; }

    public required Guid OpinionFile { get; init; }

    public required Guid OpinionCluster { get; init; }

    /// <summary>An interview that is over, and a question of a visitor.</summary>
    public required Guid Interview { get; init; }

    public required Guid Question { get; init; }

    /// <summary>A unit that docks with the site's directory, its credential, a run and a record in quarantine.</summary>
    public required Guid DockedSource { get; init; }

    public required Guid DockingCredential { get; init; }

    public required Guid DockingRun { get; init; }

    public required Guid QuarantinedItem { get; init; }

    /// <summary>An entry of the trail about the site.</summary>
    public string Entry { get; init; } = "";

    /// <summary>The decision of that entry.</summary>
    public Guid Decision { get; init; }

    /// <summary>A session: of the person who asks on the own site, of the colleague elsewhere.</summary>
    public Guid Session { get; init; }
}

/// <summary>One host for all who ask.</summary>
[CollectionDefinition(Name)]
public sealed class TwoSites : ICollectionFixture<AccessWorld>
{
    public const string Name = "access";
}

/// <summary>The whole host with two sites, everything on them made through the forms that people use.</summary>
public sealed class AccessWorld : PortalHost
{
    /// <summary>A file of the front end.</summary>
    public const string Asset = "mark.svg";

    private const int Grants = 200;

    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly string _assets = Directory.CreateTempSubdirectory("portal-test-assets-").FullName;

    internal Place Own { get; private set; } = null!;

    internal Place Other { get; private set; } = null!;

    internal IReadOnlyDictionary<Who, Person> People { get; private set; } = null!;

    protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [new("Portal:Assets", _assets)];

    public override async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_assets, Asset), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        await base.InitializeAsync();
        var author = await Data.Staff(Role.Author, "yunpu");
        Own = await MakeAsync("yunpu", author);
        Other = await MakeAsync("jyt", await Data.Staff(Role.Author, "jyt"));
        People = new Dictionary<Who, Person>
        {
            [Who.NoGrant] = await Data.Staff(Role.Author, "yunpu"),
            [Who.Author] = author,
            [Who.FirstReviewer] = await Data.Staff(Role.FirstReviewer, "yunpu"),
            [Who.SecondReviewer] = await Data.Staff(Role.SecondReviewer, "yunpu"),
            [Who.Releaser] = await Data.Staff(Role.Releaser, "yunpu"),
            [Who.ChannelEditor] = await Data.Staff(Role.ChannelEditor, "yunpu", Own.Parent),
            [Who.SiteManager] = await Data.Staff(Role.SiteManager, "yunpu"),
            [Who.CityAdmin] = await Data.Staff(Role.ProvincialAdmin, "yunpu"),
            [Who.ProvincialAdmin] = await Data.Staff(Role.ProvincialAdmin),
            [Who.Auditor] = await Data.Staff(Role.Auditor),
            [Who.RequestOfficer] = await Data.Staff(Role.RequestOfficer, "yunpu"),
            [Who.RequestHead] = await Data.Staff(Role.RequestHead, "yunpu"),
            [Who.LetterOfficer] = await Data.Staff(Role.LetterOfficer, "yunpu"),
            [Who.LetterHandler] = await Data.Staff(Role.LetterHandler, "yunpu"),
            [Who.LetterHead] = await Data.Staff(Role.LetterHead, "yunpu"),
            [Who.InteractionEditor] = await Data.Staff(Role.InteractionEditor, "yunpu"),
            [Who.ErrorReportHandler] = await Data.Staff(Role.ErrorReportHandler, "yunpu"),
            [Who.OpinionOfficer] = await Data.Staff(Role.OpinionOfficer, "yunpu"),
        };
        await SqlAsync("delete from host.staff_grants where staff_id = $1", People[Who.NoGrant].Id);
        while (await DrainOutbox() > 0)
        {
        }

        await Use<CheckpointWriter>(writer => writer.WriteAsync(CancellationToken.None));
        Own = await WithTrailAsync(Own);
        Other = await WithTrailAsync(Other);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        Directory.Delete(_assets, recursive: true);
    }

    /// <summary>A browser on the own site's address, signed in as <paramref name="who"/> unless it is a visitor.</summary>
    internal async Task<Browser> BrowserOf(Who who)
    {
        var browser = Visitor(Own.Site.Key);
        if (who != Who.Visitor)
        {
            var answer = await browser.Post(
                "/console/sign-in", new() { ["UserName"] = People[who].UserName, ["Password"] = Password });
            Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        }

        return browser;
    }

    /// <summary>Another open session of a person.</summary>
    internal async Task<Guid> SessionAsync(Guid person)
    {
        var id = Guid.CreateVersion7();
        await Use<HostDbContext>(async db =>
        {
            var now = Clock.GetUtcNow();
            db.Sessions.Add(new Session
            {
                Id = id,
                KeyHash = id.ToByteArray(),
                StaffId = person,
                SecurityStamp = "none",
                CreatedAt = now,
                LastSeenAt = now,
            });
            await db.SaveChangesAsync();
        });
        return id;
    }

    internal static MultipartFormDataContent PictureForm(string? token)
    {
        var content = new MultipartFormDataContent { { new ByteArrayContent(Picture), "file", "mark.png" } };
        if (token is not null)
        {
            content.Add(new StringContent(token), "_token");
        }

        return content;
    }

    private async Task<Place> MakeAsync(string site, Person author)
    {
        var manager = await SignInAs(await Data.Staff(Role.SiteManager, site));
        var writer = await SignInAs(author);
        var parent = await Desk.Channel(manager, "top-" + site);
        var channel = await Desk.Channel(manager, "below", parent);
        var live = await Desk.Draft(writer, channel);
        var uploaded = await writer.PostContent(
            $"/console/media?edition={live}", PictureForm(null), $"/console/editions/{live}", ("Accept", "application/json"));
        var media = JsonDocument.Parse(uploaded.Text).RootElement.GetProperty("mediaId").GetGuid();
        await Desk.Write(
            writer, live, ("Slug", "notice"), ("Attachments[0].MediaId", media.ToString()), ("Attachments[0].Name", "图"));
        await Desk.PublishInEmergency(await SignInAs(await Data.Staff(Role.Releaser, site)), live);
        var waiting = await Desk.Draft(writer, channel);
        await Desk.Write(writer, waiting, ("act", "submit"));
        var colleague = await Data.Staff(Role.Author, site);
        var request = await RequestAsync(await SignInAs(await Data.Staff(Role.RequestOfficer, site)));
        var letter = await LetterAsync(manager, await SignInAs(await Data.Staff(Role.LetterOfficer, site)), Site(site).Id);
        await CopiesAsync(letter);
        var consultation = await ConsultationAsync(await SignInAs(await Data.Staff(Role.InteractionEditor, site)), "consult-" + site);
        var entry = await Desk.Released(
            await Desk.Proposal(manager), await SignInAs(await Data.Staff(Role.FirstReviewer, site)),
            await SignInAs(await Data.Staff(Role.SecondReviewer, site)), await SignInAs(await Data.Staff(Role.Releaser, site)), manager);
        var source = await ValueAsync<Guid>(
            """
            with source as (
              insert into disclosure.docked_sources (id, key, name, site_id, directory_id, mode, state, created_at, cursor, head_sequence, failures, differences)
              select gen_random_uuid(), 'unit-' || right(id::text, 12), '某系统', site_id, directory_id, 'Push', 'Active', now(), 0, 0, 0, 0
              from disclosure.directory_entries where id = $1 returning id, directory_id),
            credential as (
              insert into disclosure.docking_credentials (id, source_id, key_id, direction, directory_id, public_key, issued_at, issued_by, expires_at)
              select gen_random_uuid(), id, 'dk-' || right(id::text, 12), 'Write', directory_id, '', now(), '某人', now() from source),
            run as (
              insert into disclosure.docking_runs (id, source_id, kind, state, started_at, finished_at, received, added, updated, unchanged, withdrawn, stale, rejected, quarantined)
              select gen_random_uuid(), id, 'Push', 'Done', now(), now(), 0, 0, 0, 0, 0, 0, 0, 0 from source),
            item as (
              insert into disclosure.docking_quarantine (id, source_id, index_number, entry_id, item, at)
              select gen_random_uuid(), id, 'x', $1, '{"kind":"upsert"}', now() from source)
            select id from source
            """,
            entry);
        var report = await ErrorReportAsync(Visitor(site));
        var topic = await HotTopicAsync(Site(site));
        var survey = await SurveyAsync(Site(site));
        var interview = await InterviewAsync(Site(site));
        return new Place(Site(site))
        {
            ErrorReport = report,
            HotTopic = topic,
            TopicNumber = await ValueAsync<string>("select number from interaction.hot_topics where id = $1", topic),
            Signal = await ValueAsync<Guid>(
                """
                insert into interaction.signals (id, site_id, source, title, noticed_at, seen_at, evidence, fingerprint, state, version)
                values (gen_random_uuid(), $1, 'Search', '公交月票', now(), now(), '{}', $1::text, 'Open', 1) returning id
                """,
                Site(site).Id),
            SignalFeed = await ValueAsync<Guid>(
                """
                insert into interaction.signal_feeds (id, site_id, name, address, words, is_on, created_at, failures, version)
                values (gen_random_uuid(), $1, '某报', 'https://news.example/rss', '{}', false, now(), 0, 1) returning id
                """,
                Site(site).Id),
            Interview = interview,
            Question = await ValueAsync<Guid>("select id from interaction.interview_questions where interview_id = $1", interview),
            DockedSource = source,
            DockingCredential = await ValueAsync<Guid>("select id from disclosure.docking_credentials where source_id = $1", source),
            DockingRun = await ValueAsync<Guid>("select id from disclosure.docking_runs where source_id = $1", source),
            QuarantinedItem = await ValueAsync<Guid>("select id from disclosure.docking_quarantine where source_id = $1", source),
            Parent = parent,
            Channel = channel,
            Live = live,
            Document = await ValueAsync<Guid>("select document_id from publishing.editions where id = $1", live),
            Emergency = await ValueAsync<Guid>("select id from publishing.emergency_publications where edition_id = $1", live),
            Path = $"top-{site}/below/notice",
            Draft = await Desk.Draft(writer, channel),
            Waiting = waiting,
            TimeLimit = await TimeLimitAsync(Site(site).Id),
            Report = await ReportAsync(Site(site).Id),
            Media = media,
            DirectoryEntry = entry,
            Proposal = await Desk.Proposal(manager),
            Token = (await writer.Get($"/console/editions/{live}/preview")).Location!.Split('/')[^1],
            Colleague = colleague.Id,
            Grants = await GrantsAsync(colleague),
            Session = await SessionAsync(colleague.Id),
            Request = request,
            Paper = await ValueAsync<Guid>(
                "select id from disclosure.request_papers where request_id = $1 and kind = 'CorrectionNotice'", request),
            Mailbox = await ValueAsync<Guid>("select mailbox_id from interaction.letters where id = $1", letter),
            ReplyTemplate = await ReplyTemplateAsync(Site(site).Id),
            LetterHash = await ValueAsync<string>("select text_hash from interaction.letters where id = $1", letter),
            Survey = survey,
            Letter = letter,
            LetterNumber = await ValueAsync<string>("select number from interaction.letters where id = $1", letter),
            LetterCopy = await ValueAsync<Guid>("select id from interaction.letter_copies where letter_id = $1 and state = 'Proposed'", letter),
            LetterFile = await ValueAsync<Guid>(
                "select id from interaction.letter_papers where letter_id = $1 and kind = 'Attachment'", letter),
            Consultation = consultation,
            ConsultationKey = "consult-" + site,
            Opinion = await ValueAsync<Guid>("select id from interaction.opinions where consultation_id = $1", consultation),
            OpinionFile = await ValueAsync<Guid>(
                "select paper.id from interaction.opinion_papers paper join interaction.opinions opinion on opinion.id = paper.opinion_id where paper.is_file and opinion.consultation_id = $1",
                consultation),
            OpinionCluster = await ValueAsync<Guid>("select id from interaction.opinion_clusters where consultation_id = $1", consultation),
        };
    }

    // Over, so that nobody who asks for its events is kept waiting for more.
    private Task<Guid> InterviewAsync(SiteInfo site) => ValueAsync<Guid>(
        $$"""
        with interview as (
          insert into interaction.interviews (id, site_id, key, topic, summary, guests, host, place, picture, picture_alt, starts_at, minutes,
            notice_reason, state, is_paused, announced_at, public_reason, digest, revision, last_utterance, last_signal, grams, version)
          values (gen_random_uuid(), $1, 'talk-{{site.Key}}', '试验访谈', '介绍试验。', '[]', '试验员', '', '', '', now(), 60, '', 'Published', false,
            now(), '', '', 0, 0, 0, '{}', 1) returning id)
        insert into interaction.interview_questions (id, interview_id, number, form_id, code_hash, content_hash, at, wants_answer, sealed,
          state, public_name, public_text, version)
        select gen_random_uuid(), id, 'TW-{{site.Key}}', gen_random_uuid(), '', '', now(), false, '', 'Selected', '网友', '试验问题？', 1
        from interview returning interview_id
        """,
        site.Id);

    private static async Task<Guid> RequestAsync(Browser officer)
    {
        var page = await officer.Get("/console/requests/new");
        var taken = await officer.PostRaw("/console/requests/new", new Dictionary<string, string>
        {
            ["_token"] = page.Token!,
            ["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!,
            ["Channel"] = "InPerson",
            ["Day"] = page.Document.QuerySelector("input[name=Day]")!.GetAttribute("value")!,
            ["ApplicantKind"] = "NaturalPerson",
            ["Name"] = "试验人",
            ["Document"] = "ResidentCard",
            ["DocumentNumber"] = "990102199001011237",
            ["Phone"] = "13800000000",
            ["Address"] = "云岭省云浦市虚拟路1号",
            ["Title"] = "试验信息",
            ["Description"] = "请提供试验信息的全部内容。",
            ["Form"] = "Paper",
            ["Delivery"] = "Post",
        });
        var address = taken.Document.QuerySelector("main a[href^='/console/requests/'].govuk-button")!.GetAttribute("href")!;
        var asked = await officer.Post(
            address + "/steps",
            new() { ["Trigger"] = "AskCorrection", ["Version"] = "1", ["Text"] = "请写明年度。", ["Days"] = "15" },
            address + "?act=AskCorrection");
        Assert.Equal(HttpStatusCode.Found, asked.Status);
        return Guid.Parse(address.Split('/')[^1]);
    }

    private async Task<Guid> ErrorReportAsync(Browser visitor)
    {
        var page = await visitor.Get("/error-reports/new?page=/");
        var taken = await visitor.PostRaw("/error-reports/new", new Dictionary<string, string>
        {
            ["_token"] = page.Token!,
            ["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!,
            ["Page"] = "/",
            ["Kind"] = "Text",
            ["Problem"] = "首页有一个错别字。",
            ["Phone"] = "13800000000",
        });
        return await ValueAsync<Guid>(
            "select id from interaction.error_reports where number = $1", taken.Document.QuerySelector(".p-receipt__code")!.TextContent);
    }
    // What the public has of a topic through whose reviews nobody needs to go here.
    private async Task<Guid> HotTopicAsync(SiteInfo site) => await ValueAsync<Guid>(
        """
        insert into interaction.hot_topics (id, site_id, number, title, concern, noticed_at, registered_at, state, severity, need, unit_site_id, unit_name,
          statement_due_at, statement_at, public_kind, public_title, public_summary, public_at, version)
        values (gen_random_uuid(), $1, $2, '供水', '', now(), now(), 'Handling', 'Other', 'Respond', $1, '某单位', now() + interval '48 hours', now(),
          'Response', '关于供水的回应', '', now(), 1)
        returning id
        """,
        site.Id, new CheckedNumber("RD", 5).Write(2026, (int)await ValueAsync<long>("select nextval('interaction.hot_topic_serials')")));

    // The facts of a survey through whose reviews nobody needs to go here.
    private Task<Guid> SurveyAsync(SiteInfo site) => ValueAsync<Guid>(
        """
        with survey as (
          insert into interaction.surveys (id, site_id, key, title, purpose, audience, minutes, unit, contact, mode, proof, opens_on, closes_on, state,
            definition, hash, usage, figures, reported_on, created_at, version)
          values (gen_random_uuid(), $1, 'survey-2026', '问卷', '了解情况', '', 3, '某单位', '', 'Anonymous', 'Phone', '2026-09-01', '2026-09-30', 'Reported',
            $2, 'abcdefabcdefabcdef', '已经采纳。', '{"answers":0,"from":"2026-09-01","until":"2026-09-30","mode":"anonymous","hash":"abcdefabcdefabcdef","questions":[]}',
            '2026-10-10', now(), 1) returning id, site_id),
        version as (
          insert into interaction.survey_versions (id, site_id, survey_id, hash, content, at)
          select gen_random_uuid(), site_id, id, 'abcdefabcdefabcdef', $2, now() from survey)
        select id from survey
        """,
        site.Id,
        """
        {"format":1,"sections":[{"key":"s1","title":"一","questions":[
          {"key":"q1","kind":"one","title":"甲","options":[{"key":"1","label":"是"},{"key":"2","label":"否"}]},
          {"key":"q2","kind":"one","title":"乙","options":[{"key":"1","label":"是"},{"key":"2","label":"否"}]}]}]}
        """);

    private static async Task<Guid> LetterAsync(Browser manager, Browser officer, Guid site)
    {
        var opened = await manager.Post("/console/mailboxes/new", new()
        {
            ["Key"] = "shizhang",
            ["Name"] = "试验信箱",
            ["Holder"] = "试验单位",
            ["Keeper"] = "试验员",
            ["Introduction"] = "受理对工作的意见、建议。",
            ["Position"] = "1",
            ["IsOpen"] = "true",
        });
        Assert.Equal(HttpStatusCode.Found, opened.Status);
        var page = await officer.Get("/console/letters/new");
        using var form = PictureForm(page.Token);
        foreach (var (name, value) in new (string, string)[]
        {
            ("FormToken", page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!), ("Channel", "Paper"),
            ("Day", page.Document.QuerySelector("input[name=Day]")!.GetAttribute("value")!), ("Mailbox", "shizhang"), ("Kind", "Suggestion"),
            ("Name", "试验人"), ("Title", "试验来信"), ("Text", "希望增加试验路公交班次。"),
        })
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(Picture), "Files", "mark.png");
        var taken = await officer.SendContent("/console/letters/new", form);
        var address = taken.Document.QuerySelector("main a[href^='/console/letters/'].govuk-button")!.GetAttribute("href")!;
        foreach (var (trigger, version) in new[] { ("Accept", "1"), ("Dispatch", "2") })
        {
            var step = await officer.Post(
                address + "/steps",
                new() { ["Trigger"] = trigger, ["Version"] = version, ["LeadSiteId"] = site.ToString() }, address + "?act=" + trigger);
            Assert.Equal(HttpStatusCode.Found, step.Status);
        }

        return Guid.Parse(address.Split('/')[^1]);
    }

    private Task<Guid> ReplyTemplateAsync(Guid site) => ValueAsync<Guid>(
        """
        insert into interaction.reply_templates (id, site_id, name, text, version, changed_at)
        values (gen_random_uuid(), $1, '试验模板', '您好，您的来信{来信编号}收悉。{办理情况}', 1, now()) returning id
        """,
        site);

    // One public copy, and a newer one that waits to be released.
    private Task CopiesAsync(Guid letter) => SqlAsync(
        """
        insert into interaction.letter_copies (
          id, letter_id, site_id, version, state, number, mailbox_id, kind, unit_site_id, unit_name, received_on, replied_on, workdays,
          outcome, title, content_hash, reply_paper_id, masks, proposed_by, proposed_by_name, proposed_at, row_version)
        select gen_random_uuid(), id, site_id, copy.version, copy.state, number, mailbox_id, kind, site_id, '某单位', current_date, current_date, 1,
          'Answered', '试验来信', 'x', gen_random_uuid(), '[]', gen_random_uuid(), '某人', now(), 0
        from interaction.letters, (values (1, 'Published'), (2, 'Proposed')) copy (version, state) where id = $1
        """,
        letter);

    // Open to opinions, as if its announcement had been released; and another of which the result is out.
    private async Task<Guid> ConsultationAsync(Browser editor, string key)
    {
        var day = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        var begun = await editor.Post("/console/consultations/new", new()
        {
            ["Key"] = key,
            ["Title"] = "试验办法（征求意见稿）",
            ["Kind"] = "Other",
            ["From"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["To"] = day.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["Draft"] = "第一条　为了试验，制定本办法。",
            ["Unit"] = "试验单位",
        });
        Assert.Equal(HttpStatusCode.Found, begun.Status);
        var id = Guid.Parse(begun.Location!.Split('/')[3].Split('?')[0]);
        await ValueAsync<Guid>(
            """
            with opened as (
              update interaction.consultations set state = 'Open', released = working, released_at = now(), opens_on = (working->>'from')::date,
                closes_on = (working->>'to')::date, report_due_on = (working->>'to')::date + 30
              where id = $1 returning *),
            reported as (
              insert into interaction.consultations (id, site_id, key, state, title, kind, working, released, opens_on, closes_on, report_due_on,
                released_at, taken_down, report_words, report, reported_on, created_by_id, created_at, version)
              select gen_random_uuid(), site_id, key || '-reported', 'Reported', title, kind, working, working, opens_on, closes_on, report_due_on,
                released_at, false, '', json_build_object('title', title, 'from', opens_on, 'to', closes_on, 'received', 0, 'notValid', 0, 'displayed', 0,
                  'channels', json_build_array(), 'clauses', json_build_array(), 'lines', json_build_array(), 'words', '')::jsonb,
                opens_on, created_by_id, created_at, 1
              from opened)
            select id from opened
            """,
            id);
        var page = await editor.Get($"/console/consultations/{id}/opinions/new");
        using var form = PictureForm(page.Token);
        foreach (var (name, value) in new (string, string)[]
        {
            ("FormToken", page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!), ("Channel", "Post"),
            ("Day", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("PaperReference", "收文1号"), ("Stance", "Agree"), ("Text", "赞成本办法。"),
        })
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(Picture), "Files", "mark.png");
        var taken = await editor.SendContent($"/console/consultations/{id}/opinions/new", form);
        var address = taken.Document.QuerySelector("main a[href^='/console/opinions/'].govuk-button")!.GetAttribute("href")!;
        foreach (var act in new[] { "Keep", "Cluster" })
        {
            var done = await editor.Post($"/console/consultations/{id}/opinions", new()
            {
                ["Act"] = act,
                ["Ids"] = address.Split('/')[^1],
                ["Reason"] = "试验意见收录备查。",
                ["ClusterName"] = "试验一组",
            });
            Assert.Equal(HttpStatusCode.Found, done.Status);
        }

        return id;
    }

    private async Task<Guid> TimeLimitAsync(Guid site)
    {
        var id = Guid.CreateVersion7();
        await SqlAsync(
            """
            insert into disclosure.openness_items (id, site_id, kind, subject_id, title, started_at, due_at, is_provisional, calendar)
            values ($1, $2, 'Disclosure', $3, '关于试验的公告', now() - interval '90 days', now() - interval '9 days', false, 'test')
            """,
            id, site, Guid.CreateVersion7());
        return id;
    }

    private async Task<Guid> ReportAsync(Guid site)
    {
        var (report, publication) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await SqlAsync(
            """
            insert into disclosure.annual_reports (id, site_id, site_path, organisation_id, organisation_name, year, form_version, cells,
              sections, fees, moves, filled_at, document_id, published_id, published_at, first_published_at, published_title,
              published_path, published_sequence, created_at, updated_at, updated_by, version)
            values ($1, $2, array[$2], $3, '试验单位', 2024, '2021', '{}', '{}', '{"cases": 0, "yuan": 0}', '[]', now(), $3, $3, now(),
              now(), '试验单位2024年年度报告', 'nianbao/2024', 1, now(), now(), '试验员', 1)
            """,
            report, site, Guid.CreateVersion7());
        await SqlAsync(
            """
            insert into disclosure.annual_report_publications (id, site_id, report_id, submission_id, number, title, html, published_at)
            values ($1, $2, $3, $1, 1, '试验单位2024年年度报告', '<p>正文。</p>', now())
            """,
            publication, site, report);
        return report;
    }

    private async Task<Queue<Guid>> GrantsAsync(Person person)
    {
        var grants = Enumerable.Range(0, Grants).Select(_ => Guid.CreateVersion7()).ToList();
        await Use<HostDbContext>(async db =>
        {
            db.StaffGrants.AddRange(grants.Select(id => new StaffGrant
            {
                Id = id,
                StaffId = person.Id,
                Role = Role.Author,
                SiteId = person.Site.Id,
                Reason = "test",
                GrantedAt = Clock.GetUtcNow(),
            }));
            await db.SaveChangesAsync();
        });
        return new Queue<Guid>(grants);
    }

    private Task<Place> WithTrailAsync(Place place) => Use<AuditDbContext, Place>(async db =>
    {
        var entry = await db.Entries.AsNoTracking()
            .Where(row => row.SiteId == place.Site.Id && row.ObjectId == place.Live.ToString()
                && row.Action == "publishing.edition.emergency-published")
            .OrderBy(row => row.Index).FirstAsync();
        return place with { Entry = entry.Index.ToString(CultureInfo.InvariantCulture), Decision = entry.DecisionId };
    });

    private async Task<T> ValueAsync<T>(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(OwnerConnection);
        await connection.OpenAsync();
        await using var command = Command(connection, sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task SqlAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(OwnerConnection);
        await connection.OpenAsync();
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
