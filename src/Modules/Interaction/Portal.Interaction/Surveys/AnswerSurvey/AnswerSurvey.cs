using System.Net;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Throttling;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.AnswerSurvey;

/// <summary>A page of a survey was filled in, or its first is asked for. Nothing is kept until the answer is sent.</summary>
public sealed record AnswerSurvey : IRequest<Outcome<SurveyTurn>>, IPublicRequest
{
    /// <summary>The button that begins with a code or a name.</summary>
    public const string Begin = "begin";

    /// <summary>The button that opens an answer that was sent.</summary>
    public const string Change = "change";

    public required string Key { get; init; }

    public string Token { get; init; } = "";

    /// <summary>The button; empty for the first page.</summary>
    public string Act { get; init; } = "";

    /// <summary>The section that was filled in.</summary>
    public string Section { get; init; } = "";

    /// <summary>The fields of the form.</summary>
    public Func<string, IReadOnlyList<string>> Posted { get; init; } = _ => [];

    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public string Proof { get; init; } = "";

    /// <summary>Where it came from; never kept.</summary>
    public IPAddress? Sender { get; init; }
}

/// <summary>Which page is shown.</summary>
public enum TurnPage
{
    /// <summary>Code, or name and proof.</summary>
    Start,
    Section,
    Check,
    Done,

    /// <summary>The survey takes no answers now.</summary>
    Closed,
}

/// <summary>The page to show.</summary>
public sealed record SurveyTurn
{
    public required TurnPage Page { get; init; }

    public required SurveyCard Survey { get; init; }

    public string Token { get; init; } = "";

    /// <summary>The section that is shown, with the questions that are.</summary>
    public ShownSection? Section { get; init; }

    /// <summary>Answers may show or hide later sections: how many there are is not known yet.</summary>
    public bool Varies { get; init; }

    /// <summary>All sections that are shown, as it stands.</summary>
    public IReadOnlyList<ShownSection> Sections { get; init; } = [];

    /// <summary>What was typed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>With what a real-name answer can be changed; shown this once.</summary>
    public string? ChangeCode { get; init; }

    /// <summary>An answer that was sent before is being changed.</summary>
    public bool Changes { get; init; }

    /// <summary>The same form was sent before: that answer holds, whatever was changed in the form since.</summary>
    public bool SentBefore { get; init; }

    public string Name { get; init; } = "";

    public string Proof { get; init; } = "";

    /// <summary>Too many came from this network: from when the next is taken.</summary>
    public DateTimeOffset? AgainAt { get; init; }
}

/// <summary>A survey in a few words.</summary>
public sealed record SurveyCard(
    string Key, string Title, SurveyMode Mode, SurveyProof Proof, SurveyStage Stage, DateOnly OpensOn, DateOnly ClosesOn, int Minutes);

internal sealed class AnswerSurveyHandler(
    InteractionDbContext db,
    FrozenQuestionnaires questionnaires,
    SurveyForms forms,
    SurveyWriter writer,
    SurveyKeyring keyring,
    DailyNetworks networks,
    Throttle<InteractionDbContext> throttle,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<SurveyText> text,
    TimeProvider clock) : IRequestHandler<AnswerSurvey, Outcome<SurveyTurn>>
{
    // Compiled: it stands before every page of every visitor.
    private static readonly Func<InteractionDbContext, Guid, string, CancellationToken, Task<Survey?>> Find = EF.CompileAsyncQuery(
        (InteractionDbContext db, Guid siteId, string key, CancellationToken cancellationToken) =>
            db.Surveys.AsNoTracking().SingleOrDefault(row => row.SiteId == siteId && row.Key == key));

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public async Task<Outcome<SurveyTurn>> Handle(AnswerSurvey request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site
            || await Find(db, site.Id, request.Key, cancellationToken)
                is not { State: not (SurveyState.Draft or SurveyState.UnderReview) } survey)
        {
            return Failure.NotFound;
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var stage = survey.StageOf(today);
        var card = new SurveyCard(
            survey.Key, survey.Title, survey.Mode, survey.Proof, stage, survey.OpensOn, survey.ClosesOn, survey.Minutes);
        if (stage != SurveyStage.Open)
        {
            return new SurveyTurn { Page = TurnPage.Closed, Survey = card };
        }

        var definition = await questionnaires.OfAsync(db, survey, cancellationToken);
        if (request.Act is AnswerSurvey.Begin or AnswerSurvey.Change)
        {
            return await BeginAsync(request, survey, card, definition, today, cancellationToken);
        }

        var pass = forms.Open(request.Token, survey.Id);
        if (pass is null || pass.Hash != survey.Hash || (pass.Holder is null && survey.Mode != SurveyMode.Anonymous))
        {
            IReadOnlyList<FieldError> errors = request.Act.Length > 0 ? [new FieldError("", text["Fault.FormOld"])] : [];
            return survey.Mode == SurveyMode.Anonymous
                ? Show(card, Turned(definition, Filled(request, definition, forms.New(survey.Id, survey.Hash!)), "", ""), errors)
                : new SurveyTurn { Page = TurnPage.Start, Survey = card, Errors = errors };
        }

        var filled = Filled(request, definition, pass);
        var step = Turned(definition, filled, request.Section, request.Act);
        if (forms.Seal(filled) is null)
        {
            // What is too much stays on the page; what was there before travels on.
            var section = definition.Sections.FirstOrDefault(found => found.Key == request.Section) ?? definition.Sections[0];
            return Show(card, step with { Page = WalkPage.Section, Section = section, Pass = pass }, [new FieldError("", text["Fault.TooMuch"])], filled.Fields);
        }

        return step.Page == WalkPage.Ready
            ? await SendAsync(request, survey, card, step, today, cancellationToken)
            : Show(card, step, step.Errors);
    }

    private static SurveyPass Filled(AnswerSurvey request, SurveyDefinition definition, SurveyPass pass) =>
        SurveyWalk.Take(pass, definition, request.Section, request.Posted);

    private WalkStep Turned(SurveyDefinition definition, SurveyPass pass, string section, string act) =>
        SurveyWalk.Turn(definition, pass, section, act, text);

    private SurveyTurn Show(
        SurveyCard card, WalkStep step, IReadOnlyList<FieldError> errors, IReadOnlyDictionary<string, IReadOnlyList<string>>? fields = null) => new()
        {
            Page = step.Page == WalkPage.Section ? TurnPage.Section : TurnPage.Check,
            Survey = card,
            Token = forms.Seal(step.Pass)!,
            Section = step.Section is null ? null
                : step.Sheet.Sections.FirstOrDefault(shown => shown.Section.Key == step.Section.Key) ?? new ShownSection(step.Section, step.Section.Questions),
            Sections = step.Sheet.Sections,
            Varies = step.Section is { } current && step.Sheet.VariesAfter(current.Key),
            Fields = fields ?? step.Pass.Fields,
            Errors = errors,
            Changes = step.Pass.AnswerId is not null,
        };

    private async Task<SurveyTurn> SendAsync(
        AnswerSurvey request, Survey survey, SurveyCard card, WalkStep step, DateOnly today, CancellationToken cancellationToken)
    {
        var check = step with { Page = WalkPage.Check };
        if (forms.IsOld(step.Pass))
        {
            var fresh = forms.New(survey.Id, survey.Hash!);
            return Show(
                card, check with { Pass = step.Pass with { FormId = fresh.FormId, Seed = fresh.Seed, IssuedAt = fresh.IssuedAt } },
                [new FieldError("", text["Fault.PassOld"])]);
        }

        var network = await networks.NameAsync(NetworkBlock.Of(request.Sender), today, cancellationToken);
        var limits = settings.For<SurveySettings>(survey.SiteId);
        if ((await throttle.TakeAsync("survey-net", network, limits.PerNetworkAndDay, Day, cancellationToken)).AgainAt is { } again)
        {
            return Show(card, check, [new FieldError("", text["Fault.Slow", BeijingTime.Minute(again.AddMinutes(1))])]) with { AgainAt = again };
        }

        return await writer.TakeAsync(survey, step.Pass, step.Sheet.Answers, cancellationToken) switch
        {
            var refusal and (null or SurveyRefusal.Sent) => new SurveyTurn
            {
                Page = TurnPage.Done,
                Survey = card,
                ChangeCode = survey.Mode == SurveyMode.RealName && step.Pass.AnswerId is null ? SecretCode.Of(step.Pass.Seed) : null,
                Changes = step.Pass.AnswerId is not null,
                SentBefore = refusal is not null,
            },
            SurveyRefusal.Answered => Show(
                card, check, [new FieldError("", text[survey.Mode == SurveyMode.Code ? "Fault.CodeUsed" : "Fault.PersonAnswered"])]),
            _ => new SurveyTurn { Page = TurnPage.Start, Survey = card, Errors = [new FieldError("", text["Fault.FormOld"])] },
        };
    }

    private async Task<SurveyTurn> BeginAsync(
        AnswerSurvey request, Survey survey, SurveyCard card, SurveyDefinition definition, DateOnly today, CancellationToken cancellationToken)
    {
        SurveyTurn Again(string field, string message) => new()
        {
            Page = TurnPage.Start,
            Survey = card,
            Name = request.Name,
            Proof = request.Proof,
            Errors = [new FieldError(field, message)],
        };
        SurveyTurn Slowed(DateTimeOffset at) =>
            Again("", text["Fault.SlowTries", BeijingTime.Minute(at.AddMinutes(1))]) with { AgainAt = at };
        if (survey.Mode == SurveyMode.Anonymous)
        {
            return Show(card, Turned(definition, forms.New(survey.Id, survey.Hash!), "", ""), []);
        }

        var network = await networks.NameAsync(NetworkBlock.Of(request.Sender), today, cancellationToken);
        var most = settings.For<SurveySettings>(survey.SiteId).TriesPerNetworkAndHour;
        if ((await throttle.LookAsync("survey-try", network, most, Hour, cancellationToken)).AgainAt is { } later)
        {
            return Slowed(later);
        }

        var changes = request.Act == AnswerSurvey.Change;
        var (pass, field, fault) = survey.Mode == SurveyMode.Code
            ? await WithCodeAsync(request, survey, definition, cancellationToken)
            : changes ? await WithChangeCodeAsync(request, survey, definition, cancellationToken)
            : await WithNameAsync(request, survey, cancellationToken);
        if (pass is not null)
        {
            return Show(card, Turned(definition, pass, "", ""), []);
        }

        // What is merely not filled in is no try.
        return fault.StartsWith("Wrong", StringComparison.Ordinal)
            && (await throttle.TakeAsync("survey-try", network, most, Hour, cancellationToken)).AgainAt is { } full
            ? Slowed(full)
            : Again(field, text["Fault." + fault]);
    }

    private async Task<(SurveyPass? Pass, string Field, string Fault)> WithCodeAsync(
        AnswerSurvey request, Survey survey, SurveyDefinition definition, CancellationToken cancellationToken)
    {
        // The same work whether there is such a code or not: a keyed hash, and a look at an index by it.
        var holder = await keyring.HolderAsync(survey.Id, survey.Mode, SecretCode.Normalise(request.Code), cancellationToken);
        var known = await db.SurveyCodes.AnyAsync(row => row.SurveyId == survey.Id && row.Hash == holder, cancellationToken);
        var answer = await db.SurveyAnswers.AsNoTracking()
            .SingleOrDefaultAsync(row => row.SurveyId == survey.Id && row.Holder == holder, cancellationToken);
        return known ? (Filled(survey, definition, answer) with { Holder = holder }, "", "")
            : (null, nameof(request.Code), request.Code.Length == 0 ? "CodeMissing" : "WrongCode");
    }

    private async Task<(SurveyPass? Pass, string Field, string Fault)> WithChangeCodeAsync(
        AnswerSurvey request, Survey survey, SurveyDefinition definition, CancellationToken cancellationToken)
    {
        var change = await keyring.ChangeAsync(survey.Id, SecretCode.Normalise(request.Code), cancellationToken);
        var answer = await db.SurveyAnswers.AsNoTracking()
            .SingleOrDefaultAsync(row => row.SurveyId == survey.Id && row.ChangeHash == change, cancellationToken);
        return answer is not null ? (Filled(survey, definition, answer) with { Holder = answer.Holder }, "", "")
            : (null, nameof(request.Code), request.Code.Length == 0 ? "CodeMissing" : "WrongChangeCode");
    }

    private async Task<(SurveyPass? Pass, string Field, string Fault)> WithNameAsync(
        AnswerSurvey request, Survey survey, CancellationToken cancellationToken)
    {
        var name = PublicText.Line(request.Name);
        if (name.Length == 0 || !PublicText.Fits(name, 30))
        {
            return (null, nameof(request.Name), "Name");
        }

        var byCard = survey.Proof == SurveyProof.ResidentCard;
        var proof = byCard
            ? IdentityRules.Normalise(request.Proof)
            : string.Concat(request.Proof.Normalised(NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        if (byCard ? !IdentityRules.IsResident(proof) : !IdentityRules.IsPhone(proof))
        {
            return (null, nameof(request.Proof), byCard ? "Card" : "Phone");
        }

        var holder = await keyring.HolderAsync(survey.Id, survey.Mode, proof, cancellationToken);
        return await db.SurveyAnswers.AnyAsync(row => row.SurveyId == survey.Id && row.Holder == holder, cancellationToken)
            ? (null, nameof(request.Proof), "WrongPersonAnswered")
            : (forms.New(survey.Id, survey.Hash!) with { Holder = holder, Name = name, Proof = proof }, "", "");
    }

    private SurveyPass Filled(Survey survey, SurveyDefinition definition, SurveyAnswer? answer) =>
        answer is null ? forms.New(survey.Id, survey.Hash!) : forms.New(survey.Id, survey.Hash!) with
        {
            AnswerId = answer.Id,
            Fields = SurveySheet.FieldsFor(definition, SurveyAnswers.Read(answer.Content)),
        };
}
