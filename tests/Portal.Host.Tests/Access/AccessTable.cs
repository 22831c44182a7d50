using static Portal.Host.Tests.Access.Who;

namespace Portal.Host.Tests.Access;

/// <summary>Who asks. All but the provincial two hold their role on one site, the channel editor on one channel of it.</summary>
internal enum Who
{
    Visitor,
    NoGrant,
    Author,
    FirstReviewer,
    SecondReviewer,
    Releaser,
    ChannelEditor,
    SiteManager,
    CityAdmin,
    ProvincialAdmin,
    Auditor,
    RequestOfficer,
    RequestHead,
    LetterOfficer,
    LetterHandler,
    LetterHead,
    InteractionEditor,
    ErrorReportHandler,
    OpinionOfficer,
}

/// <summary>What an endpoint promises.</summary>
internal sealed record Rule
{
    /// <summary>Open to anybody.</summary>
    public bool Public { get; init; }

    /// <summary>For other systems, by signature: no person and no browser gets in, whoever it is.</summary>
    public bool Signed { get; init; }

    /// <summary>Who may do it to an object of their own site.</summary>
    public IReadOnlyList<Who> May { get; init; } = [];

    /// <summary>Who is told that an object exists which they may not touch; all others are refused before it is looked for.</summary>
    public IReadOnlyList<Who>? Know { get; init; }

    /// <summary>It concerns an object of a site, named in the path or in the body.</summary>
    public bool OfSite { get; init; }

    /// <summary>The object is a person's own: nobody else's can be reached, whatever the grants.</summary>
    public bool Personal { get; init; }

    /// <summary>It ends the session that asks.</summary>
    public bool EndsSession { get; init; }

    /// <summary>A form of the public: its antiforgery token comes with a cookie.</summary>
    public bool HoldsForm { get; init; }

    /// <summary>A POST that reads only: it needs no token.</summary>
    public bool ReadsByPost { get; init; }

    /// <summary>It takes a file.</summary>
    public bool TakesFile { get; init; }

    /// <summary>Query, from the objects of a site.</summary>
    public Func<Place, string>? Query { get; init; }

    /// <summary>Fields of the form, from the objects of a site.</summary>
    public Func<Place, IEnumerable<(string Name, string Value)>> Fields { get; init; } = _ => [];

    /// <summary>Sends these fields, none of which names an object of a site.</summary>
    public Rule With(params (string Name, string Value)[] fields) => this with { Fields = _ => fields };

    /// <summary>Sends fields that name objects of a site.</summary>
    public Rule Naming(Func<Place, IEnumerable<(string Name, string Value)>> fields) =>
        this with { OfSite = true, Fields = fields };

    public Rule Asking(Func<Place, string> query) => this with { Query = query };
}

/// <summary>
/// The permissions of the whole platform on one page: what each endpoint promises. An endpoint that is not here fails
/// the test, and so does a route parameter that <see cref="Objects"/> does not know.
/// </summary>
internal static class AccessTable
{
    private static readonly Who[] Staff =
        [Author, FirstReviewer, SecondReviewer, Releaser, ChannelEditor, SiteManager, CityAdmin, ProvincialAdmin, Auditor, RequestOfficer, RequestHead,
            LetterOfficer, LetterHandler, LetterHead, InteractionEditor, ErrorReportHandler, OpinionOfficer];

    private static readonly Who[] DirectoryKeepers = [SiteManager, CityAdmin, ProvincialAdmin, RequestOfficer, RequestHead];
    private static readonly Who[] DirectoryReaders = [ChannelEditor, .. DirectoryKeepers];
    private static readonly Who[] ProposalReaders =
        [FirstReviewer, SecondReviewer, Releaser, Auditor, .. DirectoryKeepers];
    private static readonly Who[] Writers = [Author, ChannelEditor];
    private static readonly Who[] Answerable = [Author, ChannelEditor, .. DirectoryKeepers];
    private static readonly Who[] Releasers = [Releaser];
    private static readonly Who[] ChannelKeepers = [ChannelEditor, SiteManager, CityAdmin, ProvincialAdmin];
    private static readonly Who[] SiteKeepers = [SiteManager, CityAdmin, ProvincialAdmin];
    private static readonly Who[] Admins = [CityAdmin, ProvincialAdmin];
    private static readonly Who[] RequestHandlers = [RequestOfficer, RequestHead];
    private static readonly Who[] LetterReaders = [LetterOfficer, LetterHandler, LetterHead];
    private static readonly Who[] TrailReaders = [SiteManager, CityAdmin, ProvincialAdmin, Auditor];

    /// <summary>Grants that hold on the whole province: for them no site is another one.</summary>
    public static IReadOnlyList<Who> Provincial { get; } = [ProvincialAdmin, Auditor];

    private static readonly Rule Anybody = new() { Public = true };
    private static readonly Rule PublicForm = Anybody with { HoldsForm = true };
    private static readonly Rule OtherSystems = new() { Signed = true };

    public static IReadOnlyDictionary<string, Rule> Rules { get; } = new Dictionary<string, Rule>
    {
        // What the public reads. A page of one site is nothing on another one's address.
        ["GET /"] = Anybody,
        ["GET /{**path}"] = Anybody,
        ["GET /search"] = Anybody.Asking(_ => "?q=通知"),
        ["GET /sitemap"] = Anybody,
        ["GET /sitemap.xml"] = Anybody,
        ["GET /sitemaps/{part:int}.xml"] = Anybody,
        ["GET /robots.txt"] = Anybody,
        ["GET /.well-known/security.txt"] = Anybody,
        ["GET /accessibility"] = Anybody,
        ["GET /deadlines"] = Anybody.Asking(_ => "?rule=reply&start=2026-02-10"),
        ["GET /api/deadlines"] = Anybody.Asking(_ => "?rule=reply&start=2026-02-10"),
        ["GET /disclosure"] = Anybody,
        ["GET /disclosure/directory"] = Anybody.Asking(_ => "?q=职能"),
        ["GET /disclosure/guide"] = Anybody,
        ["GET /disclosure/rules"] = Anybody,
        ["GET /disclosure/records/{id:guid}"] = Anybody,
        ["GET /disclosure/records/{id:guid}.txt"] = Anybody,
        ["GET /disclosure/feed.xml"] = Anybody,
        ["GET /disclosure/feed.json"] = Anybody,
        ["GET /dcat"] = Anybody,
        ["GET /dcat.jsonld"] = Anybody,
        ["GET /dcat.ttl"] = Anybody,
        ["GET /dcat.rdf"] = Anybody,
        ["GET /developers"] = Anybody,
        ["GET /developers/profile"] = Anybody,
        ["GET /api/directory/v1/profile"] = Anybody,
        ["GET /openapi/{documentName}.json"] = Anybody,
        ["GET /oai"] = Anybody.Asking(_ => "?verb=Identify"),
        ["POST /oai"] = Anybody.With(("verb", "Identify")) with { ReadsByPost = true },
        ["GET /oai/cngov.xsd"] = Anybody,
        ["GET /api/directory/v1/entries"] = Anybody,
        ["GET /api/directory/v1/entries/{id:guid}"] = Anybody,
        ["GET /leave"] = Anybody.Asking(_ => "?url=https%3A%2F%2Fexample.org%2F"),
        ["GET /share/qr.svg"] = Anybody.Asking(_ => "?path="),
        ["GET /disclosure/requests"] = Anybody,
        ["GET /disclosure/requests/new"] = PublicForm,
        ["POST /disclosure/requests/new"] = PublicForm,
        ["GET /disclosure/requests/follow"] = PublicForm,
        ["POST /disclosure/requests/follow"] = PublicForm.With(("Number", "nothing"), ("Code", "nothing")),
        ["POST /disclosure/requests/follow/correction"] = PublicForm.With(("Ticket", "nothing")),
        ["POST /disclosure/requests/follow/file"] = PublicForm.With(("Ticket", "nothing")),
        ["POST /disclosure/requests/follow/reasons"] = PublicForm.With(("Ticket", "nothing")),
        ["POST /disclosure/requests/follow/withdrawal"] = PublicForm.With(("Ticket", "nothing")),
        ["GET /interviews"] = Anybody,
        ["GET /interviews/{key}"] = Anybody,
        ["GET /interviews/{key}/live"] = Anybody,
        ["GET /interviews/{key}/events"] = Anybody,
        ["GET /interviews/{key}.ics"] = Anybody,
        ["GET /interviews/{key}/questions/new"] = PublicForm,
        ["POST /interviews/{key}/questions/new"] = PublicForm.With(("Text", "请问助餐点在哪里？")),
        ["GET /interviews/questions/follow"] = PublicForm,
        ["POST /interviews/questions/follow"] = PublicForm.With(("Number", "nothing"), ("Code", "nothing")),
        ["GET /letters"] = Anybody,
        ["GET /interaction-overview"] = Anybody,
        ["GET /letters/new"] = PublicForm,
        ["POST /letters/new"] = PublicForm,
        ["GET /letters/follow"] = PublicForm,
        ["GET /letters/follow/{step}"] = Anybody,
        ["POST /letters/follow"] = PublicForm.With(("Number", "nothing"), ("Code", "nothing")),
        ["POST /letters/follow/supplement"] = PublicForm.With(("Ticket", "nothing")),
        ["POST /letters/follow/rating"] = PublicForm.With(("Ticket", "nothing")),
        ["POST /letters/follow/question"] = PublicForm.With(("Ticket", "nothing")),
        ["POST /letters/follow/permission"] = PublicForm.With(("Ticket", "nothing")),
        ["POST /letters/follow/prohibition"] = PublicForm.With(("Ticket", "nothing")),
        ["GET /letters/receipt"] = PublicForm,
        ["POST /letters/receipt"] = PublicForm.With(("Receipt", "nothing")),
        ["POST /letters/receipt/file"] = PublicForm.With(("Receipt", "nothing")),
        ["GET /letters/receipt/{hash}.json"] = Anybody,
        ["GET /letters/published"] = Anybody.Asking(_ => "?q=公交"),
        ["GET /letters/published/feed.xml"] = Anybody,
        ["GET /letters/published/{number}"] = Anybody,
        ["GET /letters/statistics"] = Anybody,
        ["GET /letters/statistics.csv"] = Anybody,
        ["POST /letters/follow/withdrawal"] = PublicForm.With(("Ticket", "nothing")),
        ["GET /surveys"] = Anybody,
        ["GET /surveys/{key}"] = Anybody,
        ["GET /surveys/{key}/answer"] = PublicForm,
        ["POST /surveys/{key}/answer"] = PublicForm.With(("Act", "next")),
        ["GET /surveys/{key}/result"] = Anybody.Asking(_ => "?rows=q1&columns=q2"),
        ["GET /surveys/{key}/result.csv"] = Anybody,
        ["GET /consultations"] = Anybody,
        ["GET /consultations/{key}"] = Anybody,
        ["GET /consultations/{key}/opinions"] = Anybody,
        ["GET /consultations/{key}/opinions/new"] = PublicForm,
        ["POST /consultations/{key}/opinions/new"] = PublicForm,
        ["GET /consultations/{key}/result"] = Anybody,
        ["GET /consultations/{key}/result.csv"] = Anybody,
        ["GET /consultations/follow"] = PublicForm,
        ["POST /consultations/follow"] = PublicForm.With(("Number", "nothing"), ("Code", "nothing")),
        ["GET /theme/{colour:length(6)}.css"] = Anybody,
        ["GET /assets/{**path}"] = Anybody,
        ["GET /media/{id:guid}/{name}"] = Anybody,
        ["GET /preview/{token}"] = Anybody,
        ["GET /preview/{token}/media/{id:guid}"] = Anybody,
        ["GET /verify"] = Anybody,
        ["GET /verify/entries/{decisionId:guid}.json"] = Anybody,
        ["GET /verify/checkpoint"] = Anybody,
        ["GET /.well-known/portal-trail.pub"] = Anybody,
        ["GET /api/docking/v1/changes"] = OtherSystems,
        ["GET /api/docking/v1/entries"] = OtherSystems,
        ["GET /api/docking/v1/buckets"] = OtherSystems,
        ["GET /api/docking/v1/buckets/{bucket}"] = OtherSystems,
        ["POST /api/docking/v1/batches"] = OtherSystems,
        ["GET /health/live"] = Anybody,
        ["GET /health/ready"] = Anybody,
        ["GET /console/sign-in"] = Anybody,
        ["POST /console/sign-in"] = Anybody.With(("UserName", "nobody"), ("Password", "nothing-at-all")),
        ["POST /console/sign-in/enrolment"] = Anybody.With(("State", "nothing"), ("Code", "000000")),

        // Everybody who works here.
        ["GET /console"] = For(Staff),
        ["GET /console/help"] = For(Staff),
        ["GET /console/my-sites"] = For(Staff),
        ["POST /console/current-site"] = For(Staff).Naming(place => [("SiteId", Id(place.Site.Id))]),
        ["GET /console/account"] = For(Staff),
        ["GET /console/account/password"] = For(Staff),
        ["POST /console/account/password"] = For(Staff).With(
            ("Current", "not-the-password"), ("New", "another-password-1"), ("Again", "another-password-1")),
        ["POST /console/account/sessions"] =
            For(Staff).Naming(place => [("SessionId", Id(place.Session))]) with { Personal = true },
        ["POST /console/sign-out"] = For(Staff) with { EndsSession = true },

        // Documents.
        ["GET /console/documents"] = For(Staff),
        ["POST /console/documents"] = For(Writers).Naming(place =>
        [
            ("Id", Id(Guid.CreateVersion7())), ("Type", "article"), ("ChannelId", Id(place.Channel)), ("Title", "新稿件"),
        ]),
        ["GET /console/documents/new"] = For(Writers),
        ["GET /console/documents/links"] = For(Staff).Asking(_ => "?q=通知"),
        ["GET /console/documents/{id:guid}"] = For(Staff),
        ["GET /console/documents/{id:guid}/comparison"] = For(Staff).Asking(place => $"?left={place.Live}&right={place.Live}"),
        ["GET /console/documents/{id:guid}/editions/new"] = For(Writers, Staff),
        ["POST /console/documents/{id:guid}/editions"] = For(Writers).With(("Language", "zh-CN")),
        ["GET /console/documents/{id:guid}/move"] = For(Writers, Staff),
        ["POST /console/documents/{id:guid}/move"] = For(Writers).Naming(place =>
            [("EditionId", Id(place.Live)), ("ChannelId", Id(place.Channel)), ("Slug", "moved")]),
        ["GET /console/editions/{id:guid}"] = For(Staff),
        ["POST /console/editions/{id:guid}"] = For(Writers).Naming(Text),
        ["POST /console/editions/{id:guid}/draft"] = For(Writers).Naming(Text),
        ["GET /console/editions/{id:guid}/preview"] = For(Staff),
        ["GET /console/editions/{id:guid}/preview-link"] = For(Writers, Staff),
        ["POST /console/editions/{id:guid}/preview-link"] = For(Writers),
        ["GET /console/editions/{id:guid}/discarding"] = For(Writers, Staff),
        ["POST /console/editions/{id:guid}/discarding"] = For(Writers).With(Stale, ("Reason", "试验")),
        ["POST /console/editions/{id:guid}/submission"] = For(Writers).With(("Version", "999")),
        // Only those who wrote in it, or laid it before the reviews for another module, take it back.
        ["POST /console/editions/{id:guid}/recall"] = For([Author], Staff).With(Stale, ("Reason", "试验")),

        // Reviews. The stage comes from the edition: this one waits for its first review.
        ["GET /console/reviews"] = For(Staff),
        ["POST /console/reviews"] = For(Staff).With(("Chosen", "nothing:nothing"), ("Opinion", "同意。")),
        ["GET /console/editions/{id:guid}/reviews"] = For(Staff),
        ["POST /console/editions/{id:guid}/reviews"] = For([FirstReviewer], Staff).With(
            ("ContentHash", "old"), ("Decision", "approve"), ("Opinion", "同意。"), ("SecrecyChecked", "true")),
        ["GET /console/editions/{id:guid}/emergency-publication"] = For(Releasers, Staff),
        ["POST /console/editions/{id:guid}/emergency-publication"] = For(Releasers).With(("ContentHash", "old"), ("Reason", "试验")),
        ["GET /console/emergency-publications"] = For(Staff),
        ["POST /console/emergency-publications/{id:guid}/second-look"] = For(Releasers).With(("Opinion", "已核。")),
        ["GET /console/editions/{id:guid}/withdrawal"] = For(Writers),
        ["POST /console/editions/{id:guid}/withdrawal"] = For(Writers).With(("Kind", "Withdrawn"), ("Reason", "试验")),
        ["GET /console/schedule"] = For(Staff),
        ["GET /console/editions/{id:guid}/schedule-cancellation"] = For(Releasers, Staff),
        ["POST /console/editions/{id:guid}/schedule-cancellation"] = For(Releasers).With(("Reason", "试验")),

        // Channels and files.
        ["GET /console/channels"] = For(Staff),
        ["GET /console/channels/new"] = For(ChannelKeepers),
        ["POST /console/channels"] = For(ChannelKeepers).Naming(place =>
            [("ParentId", Id(place.Parent)), ("Slug", "c" + Guid.CreateVersion7().ToString("N")[^10..]), .. ChannelFacts]),
        ["GET /console/channels/{id:guid}"] = For(ChannelKeepers),
        ["POST /console/channels/{id:guid}"] = For(ChannelKeepers).With([Stale, .. ChannelFacts]),
        ["POST /console/channels/{id:guid}/move"] = For(ChannelKeepers).Naming(place =>
            [Stale, ("ParentId", Id(place.Parent)), ("Slug", "moved")]),
        ["POST /console/channels/{id:guid}/closing"] = For(ChannelKeepers).With(Stale, ("Reason", "试验")),
        ["POST /console/channels/{id:guid}/reopening"] = For(ChannelKeepers).With(Stale, ("ReopenReason", "试验")),
        ["GET /console/media"] = For(Staff),
        ["POST /console/media"] = For(Writers).Naming(_ => []).Asking(place => $"?edition={place.Draft}") with { TakesFile = true },
        ["GET /console/media/{id:guid}"] = For(Staff),

        // The information directory: documents by channel, entries by site.
        ["GET /console/disclosure/entries"] = For(DirectoryKeepers, DirectoryReaders),
        ["GET /console/disclosure/entries/new"] = For(DirectoryKeepers, DirectoryReaders),
        ["POST /console/disclosure/entries/new"] = For(DirectoryKeepers, DirectoryReaders).With(("title", "只有名称")),
        ["GET /console/disclosure/entries/{id:guid}"] = For(DirectoryKeepers, DirectoryReaders),
        ["POST /console/disclosure/entries/{id:guid}"] = For(DirectoryKeepers, DirectoryReaders).With(("Version", "999"), ("title", "改名")),
        ["GET /console/disclosure/proposals"] = For(Staff),
        ["GET /console/disclosure/proposals/{proposal:guid}"] = For(ProposalReaders, Staff),
        ["POST /console/disclosure/proposals/{proposal:guid}"] = For(DirectoryKeepers, DirectoryReaders).With(("Version", "999"), ("title", "改名")),
        ["POST /console/disclosure/proposals/{proposal:guid}/reviews"] = For([FirstReviewer], Staff).With(
            ("ContentHash", "nothing"), ("Decision", "approve"), ("Opinion", "同意。")),
        ["POST /console/disclosure/proposals/{proposal:guid}/withdrawal"] = For(DirectoryKeepers, DirectoryReaders).With(("Version", "999")),
        ["GET /console/disclosure/counts"] = For(DirectoryKeepers, DirectoryReaders),
        ["POST /console/disclosure/entries/{id:guid}/withdrawal"] =
            For(DirectoryKeepers, DirectoryReaders).With(("Version", "999"), ("Reason", "试验")),
        ["POST /console/disclosure/entries/{id:guid}/overlay"] =
            For([ProvincialAdmin], DirectoryReaders).With(("Version", "999"), ("OverlayReason", "试验")),
        ["POST /console/disclosure/entries/{id:guid}/listing"] =
            For(DirectoryKeepers, DirectoryReaders).With(("Version", "999"), ("Reason", "试验")),
        ["GET /console/disclosure/documents/{id:guid}"] = For(DirectoryReaders),
        ["POST /console/disclosure/documents/{id:guid}"] = For(DirectoryReaders).With(("FactsHash", "old"), ("act", "confirm")),

        // Requests for information. Who asks is shown to the one who handles the case, and to the head of the office.
        ["GET /console/requests"] = For(RequestHandlers),
        ["GET /console/requests/new"] = For(RequestHandlers),
        ["GET /console/requests/register"] = For(RequestHandlers),
        ["POST /console/requests/new"] = For(RequestHandlers).With(("Title", "信息")),
        ["GET /console/requests/{id:guid}"] = For(RequestHandlers),
        ["POST /console/requests/{id:guid}/steps"] = For(RequestHandlers).With(("Trigger", "Archive"), ("Version", "999")),
        ["POST /console/requests/{id:guid}/applicant"] = For([RequestHead], RequestHandlers).With(("Reason", "试验")),
        ["POST /console/requests/{id:guid}/bundle"] = For([RequestHead], RequestHandlers).With(("BundleReason", "试验")),
        ["POST /console/requests/{id:guid}/papers"] =
            For([RequestHead], RequestHandlers).Naming(place => [("PaperId", Id(place.Paper))]),

        // Letters to mailboxes: the office of the mailbox, the units that were given the letter, and the head.
        ["GET /console/mailboxes"] = For(SiteKeepers),
        ["GET /console/mailboxes/new"] = For(SiteKeepers),
        ["POST /console/mailboxes/new"] = For(SiteKeepers).With(("Name", "信箱")),
        ["GET /console/mailboxes/{mailbox:guid}"] = For(SiteKeepers),
        ["POST /console/mailboxes/{mailbox:guid}"] = For(SiteKeepers).With(("Name", "信箱")),
        ["GET /console/interaction-quotas"] = For([InteractionEditor, SiteManager, CityAdmin, ProvincialAdmin, Auditor]),
        ["GET /console/interviews"] = For([InteractionEditor]),
        ["GET /console/interviews/new"] = For([InteractionEditor]),
        ["POST /console/interviews/new"] = For([InteractionEditor]).With(("Topic", "访谈")),
        ["GET /console/interviews/{interview:guid}"] = For([InteractionEditor]),
        ["GET /console/interviews/{interview:guid}/edit"] = For([InteractionEditor]),
        ["POST /console/interviews/{interview:guid}/edit"] = For([InteractionEditor]).With(
            ("Topic", "试验访谈"), ("Summary", "介绍试验访谈的内容。"), ("GuestName0", "试验人"), ("Host", "试验员"), ("Day", "2026-12-01"),
            ("Time", "15:00"), ("Minutes", "60"), ("Version", "999")),
        ["POST /console/interviews/{interview:guid}/steps"] =
            For([InteractionEditor]).With(("Trigger", "OpenQuestions"), ("Version", "999")),
        ["GET /console/interviews/{interview:guid}/questions"] = For([InteractionEditor]),
        ["POST /console/interviews/{interview:guid}/questions"] = For([InteractionEditor]).Naming(place =>
            [("QuestionId", Id(place.Question)), ("Trigger", "Select"), ("Version", "999")]),
        ["POST /console/interviews/{interview:guid}/questions/export"] = For([InteractionEditor]).With(("State", "Pending")),
        ["GET /console/interviews/{interview:guid}/live"] = For([InteractionEditor]),
        ["POST /console/interviews/{interview:guid}/utterances"] = For([InteractionEditor]).With(("Text", "各位网友好。")),
        ["GET /console/letters"] = For(LetterReaders),
        ["GET /console/reply-templates"] = For(LetterReaders),
        ["GET /console/reply-templates/new"] = For(LetterReaders),
        ["POST /console/reply-templates/new"] = For(LetterReaders).With(("Name", "试验用的模板"), ("Text", "您好，您的来信收悉，特此答复。"), ("Version", "999")),
        ["GET /console/reply-templates/{template:guid}"] = For(LetterReaders),
        ["POST /console/reply-templates/{template:guid}"] = For(LetterReaders).With(("Name", "试验用的模板"), ("Text", "您好，您的来信收悉，特此答复。"), ("Version", "999")),
        ["POST /console/reply-templates/{template:guid}/retirement"] = For(LetterReaders).With(("Version", "999")),
        ["POST /console/letters/{letter:guid}/template"] =
            For([LetterHandler, LetterHead], LetterReaders).Naming(place => [("TemplateId", Id(place.ReplyTemplate))]),
        ["GET /console/letters/new"] = For([LetterOfficer]),
        ["POST /console/letters/new"] = For([LetterOfficer]).With(("Title", "来信")),
        ["GET /console/letters/dispatch"] = For([LetterOfficer]),
        ["POST /console/letters/dispatch"] = For([LetterOfficer]).Naming(place =>
            [("Chosen", Id(place.Letter) + ":999"), ("LeadSiteId", Id(place.Site.Id))]),
        ["GET /console/surveys"] = For([InteractionEditor]),
        ["GET /console/surveys/new"] = For([InteractionEditor]),
        ["POST /console/surveys/new"] = For([InteractionEditor]).With(("Title", "调查")),
        ["GET /console/surveys/{survey:guid}"] = For([InteractionEditor]),
        ["GET /console/surveys/{survey:guid}/facts"] = For([InteractionEditor]),
        ["POST /console/surveys/{survey:guid}/facts"] = For([InteractionEditor]).With(("Title", "调查")),
        ["GET /console/surveys/{survey:guid}/questions"] = For([InteractionEditor]),
        ["POST /console/surveys/{survey:guid}/questions"] = For([InteractionEditor]).With(("Act", "Up"), ("Key", "q1")),
        ["GET /console/surveys/{survey:guid}/preview"] = For([InteractionEditor]),
        ["POST /console/surveys/{survey:guid}/preview"] = For([InteractionEditor]).With(("Act", "next")),
        ["POST /console/surveys/{survey:guid}/steps"] = For([InteractionEditor]).With(("Trigger", "Reopen"), ("Version", "999")),
        ["POST /console/surveys/{survey:guid}/codes"] = For([InteractionEditor]).With(("Number", "1")),
        ["GET /console/surveys/{survey:guid}/words"] = For([InteractionEditor]),
        ["POST /console/surveys/{survey:guid}/words"] = For([InteractionEditor]).With(("Question", "q1"), ("Source", "x")),
        ["POST /console/surveys/{survey:guid}/export"] = For([InteractionEditor]),
        ["POST /console/letters/export"] = For(LetterReaders).With(("set", "All")),
        ["GET /console/letters/{letter:guid}"] = For(LetterReaders),
        ["POST /console/letters/{letter:guid}/steps"] =
            For([LetterHandler, LetterHead], LetterReaders).With(("Trigger", "TakeOn"), ("Version", "999")),
        ["POST /console/letters/{letter:guid}/writer"] = For(LetterReaders).With(("RevealReason", "试验")),
        ["GET /console/letters/{letter:guid}/publication"] = For(LetterReaders),
        ["POST /console/letters/{letter:guid}/publication/masks"] = For([LetterOfficer]).With(("Act", "show")),
        ["POST /console/letters/{letter:guid}/publication/decision"] = For([LetterOfficer, LetterHead], LetterReaders).Naming(place =>
            [("CopyId", Id(place.LetterCopy)), ("ContentHash", "old"), ("Release", "true")]),
        ["POST /console/letters/{letter:guid}/publication/withdrawal"] = For([LetterOfficer, LetterHead], LetterReaders).With(("Reason", "")),
        ["POST /console/letters/{letter:guid}/files"] = For(LetterReaders).Naming(place => [("FileId", Id(place.LetterFile))]),

        // Errors of pages: reported by anybody, handled by the desk of the page's site and the unit that was given them.
        ["GET /responses"] = Anybody.Asking(_ => "?q=供水"),
        ["GET /responses/feed.xml"] = Anybody,
        ["GET /responses/{number}"] = Anybody,
        ["GET /console/hot-topics"] = For([OpinionOfficer]),
        ["POST /console/hot-topics/export"] = For([OpinionOfficer]).With(("set", "All")),
        ["GET /console/hot-topics/new"] = For([OpinionOfficer]),
        ["POST /console/hot-topics/new"] = For([OpinionOfficer]).Naming(place => [("SiteId", Id(place.Site.Id)), ("Title", "")]),
        ["GET /console/hot-topics/{topic:guid}"] = For([OpinionOfficer]),
        ["POST /console/hot-topics/{topic:guid}/steps"] = For([OpinionOfficer]).With(("Trigger", "Urge"), ("Version", "999")),
        ["POST /console/hot-topics/{topic:guid}/sources"] = For([OpinionOfficer]).With(("NoticedAt", "")),
        ["POST /console/hot-topics/{topic:guid}/sources/retract"] = For([OpinionOfficer]).With(("Version", "999")),
        ["POST /console/hot-topics/{topic:guid}/links"] = For([OpinionOfficer]).With(("Address", "/"), ("Version", "999")),
        ["POST /console/hot-topics/{topic:guid}/links/confirm"] = For([OpinionOfficer]).With(("Version", "999")),
        ["POST /console/hot-topics/{topic:guid}/links/remove"] = For([OpinionOfficer]).With(("Note", "试验"), ("Version", "999")),
        ["GET /console/hot-topics/{topic:guid}/responses/{part}"] = For([OpinionOfficer]),
        ["POST /console/hot-topics/{topic:guid}/responses/{part}"] = For([OpinionOfficer]).With(("Act", "Keep"), ("Version", "999")),
        ["GET /error-reports"] = Anybody,
        ["GET /error-reports/statistics"] = Anybody,
        ["GET /error-reports/statistics.csv"] = Anybody,
        ["GET /error-reports/new"] = PublicForm,
        ["POST /error-reports/new"] = PublicForm,
        ["GET /error-reports/follow"] = PublicForm,
        ["POST /error-reports/follow"] = PublicForm.With(("Number", "nothing"), ("Code", "nothing")),
        ["GET /console/error-reports"] = For([ErrorReportHandler]),
        ["GET /console/error-reports/forward"] = For([ErrorReportHandler]),
        ["POST /console/error-reports/forward"] = For([ErrorReportHandler]).Naming(place =>
            [("Chosen", Id(place.ErrorReport) + ":999"), ("UnitSiteId", Id(place.Site.Id))]),
        ["POST /console/error-reports/export"] = For([ErrorReportHandler]).With(("set", "All")),
        ["GET /console/error-reports/{report:guid}"] = For([ErrorReportHandler]),
        ["POST /console/error-reports/{report:guid}/steps"] = For([ErrorReportHandler]).With(("Trigger", "Forward"), ("Version", "999")),
        ["POST /console/error-reports/{report:guid}/reporter"] = For([ErrorReportHandler]).With(("RevealReason", "试验")),

        // Signals of what the public is concerned with: judged by the officer of the site.
        ["GET /console/hot-topics/signals"] = For([OpinionOfficer]),
        ["GET /console/hot-topics/signals/import"] = For([OpinionOfficer]),
        ["GET /console/hot-topics/signals/import/template"] = For([OpinionOfficer]),
        ["POST /console/hot-topics/signals/import"] = For([OpinionOfficer]).With(("Take", "true"), ("Packed", "nothing")),
        ["POST /console/hot-topics/signals/import/faults"] = For([OpinionOfficer]).With(("Packed", "nothing")),
        ["GET /console/hot-topics/signals/feeds"] = For([OpinionOfficer]),
        ["POST /console/hot-topics/signals/feeds"] = For([OpinionOfficer]).With(("Name", ""), ("Address", "http://127.0.0.1/")),
        ["POST /console/hot-topics/signals/feeds/{feed:guid}"] = For([OpinionOfficer]).With(("Version", "999")),
        ["GET /console/hot-topics/signals/{signal:guid}"] = For([OpinionOfficer]),
        ["POST /console/hot-topics/signals/{signal:guid}/judgements"] =
            For([OpinionOfficer]).With(("Verdict", "Dismissed"), ("Reason", "不必跟踪"), ("Version", "999")),

        // Consultations: editors of the site, and nobody else before the public.
        ["GET /console/consultations"] = For([InteractionEditor]),
        ["GET /console/consultations/new"] = For([InteractionEditor]),
        ["POST /console/consultations/new"] = For([InteractionEditor]).With(("Title", "意见征集")),
        ["GET /console/consultations/{consultation:guid}"] = For([InteractionEditor]),
        ["GET /console/consultations/{consultation:guid}/edit"] = For([InteractionEditor]),
        ["POST /console/consultations/{consultation:guid}/edit"] = For([InteractionEditor]).With(("Version", "999")),
        ["POST /console/consultations/{consultation:guid}/steps"] = For([InteractionEditor]).With(("Trigger", "Extend"), ("Version", "999")),
        ["GET /console/consultations/{consultation:guid}/opinions"] = For([InteractionEditor]),
        ["POST /console/consultations/{consultation:guid}/opinions"] =
            For([InteractionEditor]).Naming(place => [("Act", "Theme"), ("Ids", Id(place.Opinion)), ("Theme", "试验")]),
        ["GET /console/consultations/{consultation:guid}/opinions/new"] = For([InteractionEditor]),
        ["POST /console/consultations/{consultation:guid}/opinions/new"] = For([InteractionEditor]).With(("Text", "试验意见")),
        ["GET /console/consultations/{consultation:guid}/clusters"] = For([InteractionEditor]),
        ["POST /console/consultations/{consultation:guid}/clusters"] = For([InteractionEditor]).Naming(place => [("ClusterId", Id(place.OpinionCluster))]),
        ["POST /console/consultations/{consultation:guid}/export"] = For([InteractionEditor]).With(("Export", "true")),
        ["GET /console/opinions/{opinion:guid}"] = For([InteractionEditor]),
        ["POST /console/opinions/{opinion:guid}"] = For([InteractionEditor]).With(("Act", "Theme"), ("Version", "999")),
        ["POST /console/opinions/{opinion:guid}/writer"] = For([InteractionEditor]).With(("RevealReason", "试验")),
        ["POST /console/opinions/{opinion:guid}/files"] = For([InteractionEditor]).Naming(place => [("FileId", Id(place.OpinionFile))]),

        // Sites and organisations.
        ["GET /console/sites"] = For(SiteKeepers),
        ["GET /console/sites/new"] = For(Admins),
        ["POST /console/sites/new"] = For(Admins).Naming(place =>
        [
            ("Key", "s" + Guid.CreateVersion7().ToString("N")[^10..]), ("OrganisationId", Id(place.Site.OrganisationId)),
            ("ParentId", Id(place.Site.Id)), ("Kind", "Department"), ("ApprovalNumber", "云政办函〔2026〕3号"),
            ("ApprovalAuthority", "云岭省人民政府办公厅"), ("ApprovedOn", "2026-01-05"), .. SiteFacts,
        ]),
        ["GET /console/sites/{id:guid}"] = For(SiteKeepers),
        ["POST /console/sites/{id:guid}"] = For(SiteKeepers).With([("Version", "1"), .. SiteFacts]),
        ["POST /console/sites/{id:guid}/status"] = For(Admins).With(
            ("To", "Running"), ("DocumentNumber", "云政办函〔2026〕4号"), ("Reason", "试验")),
        ["GET /console/organisations"] = For(Admins),
        ["GET /console/organisations/new"] = For(Admins),
        ["POST /console/organisations/new"] = For(Admins).Naming(place =>
        [
            ("Key", "o" + Guid.CreateVersion7().ToString("N")[^10..]), ("ParentId", Id(place.Site.OrganisationId)),
            ("Kind", "Department"), .. OrganisationFacts,
        ]),
        ["GET /console/organisations/{id:guid}"] = For(Admins),
        ["POST /console/organisations/{id:guid}"] = For(Admins).With([("Version", "1"), .. OrganisationFacts]),

        // People and settings.
        ["GET /console/staff"] = For(SiteKeepers),
        ["GET /console/staff/new"] = For(SiteKeepers),
        ["POST /console/staff/new"] = For(SiteKeepers).Naming(place =>
        [
            ("UserName", "n" + Guid.CreateVersion7().ToString("N")[^10..]), ("Name", "新同事"),
            ("OrganisationId", Id(place.Site.OrganisationId)),
        ]),
        ["GET /console/staff/{id:guid}"] = For(SiteKeepers),
        ["POST /console/staff/{id:guid}/grants"] = For(SiteKeepers).Naming(place =>
            [("Role", "Author"), ("SiteId", Id(place.Site.Id)), ("Reason", "试验")]),
        ["POST /console/staff/{id:guid}/revocations"] = For(SiteKeepers).Naming(place =>
            [("GrantId", Id(place.Grants.Dequeue())), ("RevocationReason", "试验")]),
        ["POST /console/staff/{id:guid}/status"] = For(SiteKeepers).With(("Disabled", "false"), ("StatusReason", "试验")),
        ["POST /console/staff/{id:guid}/credentials"] = For(SiteKeepers),
        ["POST /console/staff/{id:guid}/sessions"] = For(SiteKeepers),
        ["GET /console/settings"] = For(Admins),
        ["GET /console/settings/{name}"] = For(Admins),
        ["POST /console/settings/{name}"] = For(Admins).With(("Value", "not a number"), ("Reason", "试验")),

        // Calendars: those of one's own region.
        ["GET /console/calendars"] = For(Admins),
        ["GET /console/calendars/{region}/{year:int}"] = For(Admins),
        ["GET /console/calendars/{region}/import"] = For(Admins),
        ["POST /console/calendars/{region}/import"] = For(Admins).With(("Title", "通知")),
        ["GET /console/calendars/{region}/{year:int}/days"] = For(Admins),
        ["POST /console/calendars/{region}/{year:int}/days"] = For(Admins).With(("Title", "通知")),
        ["POST /console/calendars/{region}/versions"] = For(Admins).With(("Year", "2026"), ("Reason", "试验")),

        // Time limits of openness, and plans of interpretations.
        ["GET /console/disclosure/openness"] = For(Staff),
        ["GET /console/disclosure/openness/{item:guid}"] = For(Staff),
        ["POST /console/disclosure/openness/{item:guid}/reasons"] = For(Answerable, Staff).With(("Reason", "试验所用的逾期原因说明")),
        ["GET /console/disclosure/interpretations/{document:guid}"] = For(Staff),
        ["POST /console/disclosure/interpretations/{document:guid}"] =
            For(Answerable, Staff).With(("Number", "0"), ("Needed", "no"), ("Reason", "试验")),

        // Annual reports: those who handle requests for information compile them (Regulation 711 art. 4).
        ["GET /disclosure/annual-reports"] = Anybody,
        ["GET /disclosure/annual-reports/{report:guid}/editions/{number:int}"] = Anybody,
        ["GET /console/annual-reports"] = For(RequestHandlers),
        ["POST /console/annual-reports"] = For(RequestHandlers).Naming(place => [("SiteId", Id(place.Site.Id)), ("Year", "1999")]),
        ["GET /console/annual-reports/{report:guid}"] = For(RequestHandlers),
        ["POST /console/annual-reports/{report:guid}"] = For(RequestHandlers).With(("Version", "999")),
        ["POST /console/annual-reports/{report:guid}/figures"] = For(RequestHandlers).With(("Version", "999")),
        ["POST /console/annual-reports/{report:guid}/submissions"] = For(RequestHandlers).With(("Version", "999")),
        ["GET /console/annual-reports/{report:guid}/workbook"] = For(RequestHandlers),

        // Docking of city systems.
        ["GET /console/docking"] = For(Admins),
        ["GET /console/docking/new"] = For(Admins),
        ["POST /console/docking/new"] = For(Admins).Naming(place =>
            [("Key", "d" + Guid.CreateVersion7().ToString("N")[^10..]), ("Name", "某系统"), ("SiteId", Id(place.Site.Id)), ("Mode", "Push")]),
        ["GET /console/docking/{id:guid}"] = For(Admins),
        ["POST /console/docking/{id:guid}/state"] = For(Admins).With(("Act", "Release"), ("Reason", "试验")),
        ["POST /console/docking/{id:guid}/credentials"] = For(Admins).With(("Direction", "Write"), ("Days", "0")),
        ["POST /console/docking/{id:guid}/reconciliation"] = For(Admins),
        ["GET /console/docking/credentials/{credential:guid}/revocation"] = For(Admins),
        ["POST /console/docking/credentials/{credential:guid}/revocation"] = For(Admins),
        ["GET /console/docking/runs/{run:guid}"] = For(Admins),
        ["GET /console/docking/runs/{run:guid}/lines.csv"] = For(Admins),
        ["GET /console/docking/quarantine"] = For(Admins),
        ["GET /console/docking/quarantine/{item:guid}"] = For(Admins),
        ["POST /console/docking/quarantine/{item:guid}"] = For(Admins).With(("Reason", "试验")),

        // The trail.
        ["GET /console/audit/entries"] = For(TrailReaders),
        ["GET /console/audit/entries/{index:long:min(0)}"] = For(TrailReaders),
        ["GET /console/audit/objects/{type}/{id}"] = For(TrailReaders),
        ["GET /console/audit/register"] = For(TrailReaders),
        ["POST /console/audit/register/export"] = For(TrailReaders),
    };

    /// <summary>
    /// What stands for a route parameter: by the beginning of the pattern (the longest counts) and its name; whether it
    /// is an object of a site.
    /// </summary>
    public static IReadOnlyList<(string Pattern, string Parameter, bool OfSite, Func<Place, string> Value)> Objects { get; } =
    [
        ("/console/documents/", "id", true, place => Id(place.Document)),
        ("/console/editions/", "id", true, place => Id(place.Draft)),
        ("/console/editions/{id:guid}/recall", "id", true, place => Id(place.Waiting)),
        ("/console/editions/{id:guid}/reviews", "id", true, place => Id(place.Waiting)),
        ("/console/editions/{id:guid}/withdrawal", "id", true, place => Id(place.Live)),
        ("/console/emergency-publications/", "id", true, place => Id(place.Emergency)),
        ("/console/disclosure/entries/", "id", true, place => Id(place.DirectoryEntry)),
        ("/console/disclosure/proposals/", "proposal", true, place => Id(place.Proposal)),
        ("/console/disclosure/documents/", "id", true, place => Id(place.Document)),
        ("/disclosure/records/", "id", true, place => Id(place.DirectoryEntry)),
        ("/api/directory/v1/entries/", "id", true, place => Id(place.DirectoryEntry)),
        ("/console/disclosure/openness/", "item", true, place => Id(place.TimeLimit)),
        ("/console/annual-reports/", "report", true, place => Id(place.Report)),
        ("/disclosure/annual-reports/", "report", true, place => Id(place.Report)),
        ("/disclosure/annual-reports/", "number", false, _ => "1"),
        ("/console/disclosure/interpretations/", "document", true, place => Id(place.Document)),
        ("/console/channels/", "id", true, place => Id(place.Channel)),
        ("/console/media/", "id", true, place => Id(place.Media)),
        ("/console/requests/", "id", true, place => Id(place.Request)),
        ("/console/mailboxes/", "mailbox", true, place => Id(place.Mailbox)),
        ("/letters/follow/", "step", false, _ => "rating"),
        ("/letters/receipt/", "hash", false, place => place.LetterHash),
        ("/console/reply-templates/", "template", true, place => Id(place.ReplyTemplate)),
        ("/letters/published/", "number", true, place => place.LetterNumber),
        ("/console/letters/", "letter", true, place => Id(place.Letter)),
        ("/console/error-reports/", "report", true, place => Id(place.ErrorReport)),
        ("/responses/", "number", true, place => place.TopicNumber),
        ("/console/hot-topics/", "topic", true, place => Id(place.HotTopic)),
        ("/console/hot-topics/", "part", false, _ => "Statement"),
        ("/console/hot-topics/signals/", "signal", true, place => Id(place.Signal)),
        ("/console/hot-topics/signals/feeds/", "feed", true, place => Id(place.SignalFeed)),
        ("/surveys/", "key", false, _ => "survey-2026"),
        ("/console/surveys/", "survey", true, place => Id(place.Survey)),
        ("/console/consultations/", "consultation", true, place => Id(place.Consultation)),
        ("/console/opinions/", "opinion", true, place => Id(place.Opinion)),
        ("/consultations/", "key", true, place => place.ConsultationKey),
        ("/consultations/{key}/result", "key", true, place => place.ConsultationKey + "-reported"),
        ("/console/interviews/", "interview", true, place => Id(place.Interview)),
        ("/interviews/", "key", true, place => "talk-" + place.Site.Key),
        ("/console/sites/", "id", true, place => Id(place.Site.Id)),
        ("/console/organisations/", "id", true, place => Id(place.Site.OrganisationId)),
        ("/console/staff/", "id", true, place => Id(place.Colleague)),
        ("/openapi/", "documentName", false, _ => "public"),
        ("/console/settings/", "name", false, _ => "PublishingSettings.PreviewHours"),
        ("/api/docking/", "bucket", false, _ => "0"),
        ("/console/docking/", "id", true, place => Id(place.DockedSource)),
        ("/console/docking/", "credential", true, place => Id(place.DockingCredential)),
        ("/console/docking/", "run", true, place => Id(place.DockingRun)),
        ("/console/docking/", "item", true, place => Id(place.QuarantinedItem)),
        ("/console/calendars/", "region", true, place => place.Site.RegionCode),
        ("/console/calendars/", "year", false, _ => "2026"),
        ("/console/audit/entries/", "index", true, place => place.Entry),
        ("/console/audit/objects/", "type", true, _ => "document"),
        ("/console/audit/objects/", "id", true, place => Id(place.Document)),
        ("/{**path}", "path", true, place => place.Path),
        ("/media/", "id", true, place => Id(place.Media)),
        ("/media/", "name", true, _ => "mark.png"),
        ("/preview/", "token", true, place => place.Token),
        ("/preview/", "id", true, place => Id(place.Media)),
        ("/verify/entries/", "decisionId", false, place => Id(place.Decision)),
        ("/sitemaps/", "part", false, _ => "0"),
        ("/theme/", "colour", false, _ => "1d4f91"),
        ("/assets/", "path", false, _ => AccessWorld.Asset),
    ];

    private static (string, string) Stale => ("version", "999");

    private static (string, string)[] ChannelFacts => [("Name", "栏目"), ("Type", "Dynamics")];

    private static (string, string)[] SiteFacts =>
    [
        ("Name", "某网站"), ("Domains", "w" + Guid.CreateVersion7().ToString("N")[^10..] + ".yunling.gov.cn"),
        ("Accent", "#1d4f91"), ("Emblem", "emblem.svg"),
    ];

    private static (string, string)[] OrganisationFacts
    {
        get
        {
            var name = "某单位" + Guid.CreateVersion7().ToString("N")[^10..];
            return [("Name", name), ("ShortName", name), ("RegionCode", "990000")];
        }
    }

    private static IEnumerable<(string, string)> Text(Place place) =>
        [Stale, ("ChannelId", Id(place.Channel)), ("Slug", "text"), ("Title", "改稿"), ("bodyText", "正文。")];

    private static Rule For(Who[] may, Who[]? know = null) => new() { May = may, Know = know };

    private static string Id(Guid id) => id.ToString();
}
