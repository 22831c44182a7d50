using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.ListOpinions;

/// <summary>What the desk does with opinions, one or many.</summary>
public enum OpinionAct
{
    /// <summary>Shows them, masked.</summary>
    Display,

    /// <summary>Keeps them without showing.</summary>
    Keep,

    /// <summary>不属于本次征集的意见</summary>
    Exclude,

    /// <summary>Gives them a theme.</summary>
    Theme,

    /// <summary>Puts them into a group, new or known.</summary>
    Cluster,

    /// <summary>Takes them out of their groups.</summary>
    Ungroup,

    /// <summary>采纳、部分采纳、未采纳, for these only.</summary>
    Dispose,
}

/// <summary>An act as it was filled in; which of it counts depends on the act.</summary>
public sealed record OpinionActInput
{
    public OpinionAct? Act { get; init; }

    public IReadOnlyList<Guid> Ids { get; init; } = [];

    /// <summary>The version of the one opinion whose page was shown; of many, none.</summary>
    public int? Version { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>The masked copy of the one opinion, as a person confirmed it; null: as the platform proposes it.</summary>
    public string? Display { get; init; }

    /// <summary>保留理由: why the copy shows what the platform proposed to hide.</summary>
    public string LeftReason { get; init; } = "";

    public string Theme { get; init; } = "";

    public Guid? ClusterId { get; init; }

    /// <summary>What a new group says.</summary>
    public string ClusterName { get; init; } = "";

    public Disposition? Disposition { get; init; }
}

/// <summary>The only writer of what staff decide about opinions.</summary>
internal sealed class OpinionSteps(
    InteractionDbContext db, OpinionPapers papers, IPageCache pages, IStringLocalizer<ConsultationDeskText> text, TimeProvider clock)
{
    private const int MostAtOnce = 200;

    public static ConsultationTrigger TriggerOf(OpinionAct act) => act switch
    {
        OpinionAct.Display or OpinionAct.Keep or OpinionAct.Exclude => ConsultationTrigger.Moderate,
        OpinionAct.Dispose => ConsultationTrigger.Dispose,
        _ => ConsultationTrigger.Classify,
    };

    /// <summary>Why an act that is for many leaves some of them as they are.</summary>
    public static string LeftBecause(OpinionAct act) => act == OpinionAct.Display ? "Left.Display" : "Left.Unmoderated";

    /// <summary>Acts on opinions of a consultation; those that the act does not fit stay as they are, and the answer says how many went.</summary>
    public async Task<Outcome<int>> TakeAsync(ReachedConsultation found, OpinionActInput input, CancellationToken cancellationToken)
    {
        input = input with { Reason = PublicText.Paragraphs(input.Reason), Theme = PublicText.Line(input.Theme), ClusterName = PublicText.Line(input.ClusterName) };
        List<FieldError> faults = [.. Faults(input)];
        if (input.Act is not { } act)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        if (!ConsultationFlow.Allows(found.Row.State, TriggerOf(act), ConsultationParty.Editor))
        {
            return Conflict("Rule.State");
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        Guid[] ids = [.. input.Ids.Distinct().Take(MostAtOnce)];
        var rows = await db.Opinions.Where(row => row.ConsultationId == found.Row.Id && ids.Contains(row.Id)).ToListAsync(cancellationToken);
        if (input.Version is { } version && rows.Any(row => row.Version != version))
        {
            return Conflict("Rule.Stale");
        }

        var left = false;
        if (act == OpinionAct.Display && input.Display is { } confirmed && rows is [var one])
        {
            (left, var refused) = await LeavesAsync(one, confirmed, input.LeftReason, found.Actor, cancellationToken);
            if (refused is not null)
            {
                return refused;
            }
        }

        var taken = act switch
        {
            OpinionAct.Display => await DisplayAsync(rows, input.Display, cancellationToken),
            OpinionAct.Cluster => await ClusterAsync(found.Row, rows, input, cancellationToken),
            _ => rows.FindAll(row => Apply(row, act, input)),
        };
        if (input.Ids.Count == 1 && taken.Count == 0)
        {
            return act == OpinionAct.Display
                ? Failure.Invalid("Display", text[rows is [{ MayDisplay: false }] ? "Fault.NotAllowed" : "Fault.NotMasked"])
                : Conflict("Rule.NotFitting");
        }

        // Nothing done is no success: the ticks and the words stay.
        if (taken.Count == 0)
        {
            return Conflict(LeftBecause(act));
        }

        foreach (var row in taken)
        {
            row.Version++;
            db.AddStep(
                found.Row, TriggerOf(act), found.Actor, clock.GetUtcNow(), left ? text["Note.Left", PublicText.Line(input.LeftReason)] : input.Reason, row,
                ("act", act.ToString()), ("theme", act == OpinionAct.Theme ? input.Theme : ""),
                ("cluster", act == OpinionAct.Cluster ? row.ClusterId.ToString()! : ""),
                ("disposition", act == OpinionAct.Dispose ? input.Disposition.ToString()! : ""));
        }

        if (await db.TrySaveAsync(cancellationToken) is not null)
        {
            return Conflict("Rule.Stale");
        }

        await pages.EvictAsync([CacheTags.Activity(found.Row.Id)], cancellationToken);
        return taken.Count;
    }

    // What is asked for depends on the act.
    private IEnumerable<FieldError> Faults(OpinionActInput input)
    {
        if (input.Ids.Count == 0)
        {
            yield return new FieldError("", text["Fault.NoneSelected"]);
        }

        if (input.Act is null)
        {
            yield return new FieldError("Act", text["Fault.Act"]);
        }

        if (input.Act == OpinionAct.Theme && !PublicText.Fits(input.Theme, 40))
        {
            yield return new FieldError("Theme", text["Fault.Theme"]);
        }

        if (input is { Act: OpinionAct.Cluster, ClusterId: null } && (input.ClusterName.Length < 2 || !PublicText.Fits(input.ClusterName, 200)))
        {
            yield return new FieldError("ClusterName", text["Fault.ClusterName"]);
        }

        if (input is { Act: OpinionAct.Dispose, Disposition: null })
        {
            yield return new FieldError("Disposition", text["Fault.Disposition"]);
        }

        var longest = input.Act switch { OpinionAct.Keep or OpinionAct.Exclude => 500, OpinionAct.Dispose => 2000, _ => (int?)null };
        if (longest is { } most && (input.Reason.Length < 5 || !PublicText.Fits(input.Reason, most)))
        {
            yield return new FieldError("Reason", text[input.Act == OpinionAct.Dispose ? "Fault.DisposeReason" : "Fault.Reason"]);
        }
    }

    private static bool Apply(Opinion row, OpinionAct act, OpinionActInput input)
    {
        switch (act)
        {
            case OpinionAct.Keep or OpinionAct.Exclude:
                row.State = act == OpinionAct.Keep ? OpinionState.Kept : OpinionState.NotValid;
                row.StateReason = input.Reason;
                row.DisplayText = null;
                row.DisplayedAt = null;
                if (act == OpinionAct.Exclude)
                {
                    (row.ClusterId, row.Disposition, row.DispositionReason) = (null, null, null);
                }

                return true;
            case OpinionAct.Theme:
                row.Theme = input.Theme;
                return true;
            case OpinionAct.Ungroup:
                row.ClusterId = null;
                return true;
            default:
                if (row.State is not (OpinionState.Displayed or OpinionState.Kept))
                {
                    return false;
                }

                (row.Disposition, row.DispositionReason) = (input.Disposition, input.Reason);
                return true;
        }
    }

    // Whoever puts words in place of stars has read the opinion in full, on the record: else right and wrong guesses would
    // tell what it says. What the rules propose to hide is shown with a reason only, and some of it never.
    private async Task<(bool Leaves, Failure? Refused)> LeavesAsync(
        Opinion row, string confirmed, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (!row.MayDisplay || await papers.WordsAsync(row, cancellationToken) is not { } written
            || MaskedCopy.WithinShown(written, row.DisplayText, confirmed) is not null)
        {
            return (false, null);
        }

        var looked = await db.ConsultationSteps.AnyAsync(
            step => step.OpinionId == row.Id && step.Trigger == ConsultationTrigger.Reveal && step.ActorId == actor.Id, cancellationToken);
        return !looked ? (true, Failure.Invalid("Display", text["Fault.NotLooked"]))
            : MaskedCopy.Of(written, confirmed) is not { } copy ? (true, Failure.Invalid("Display", text["Fault.NotMasked"]))
            : !copy.KeepsWhatStays(written) ? (true, Failure.Invalid("Display", text["Fault.Stays"]))
            : PublicText.Line(reason) is not { Length: >= 2 } why || !PublicText.Fits(why, 100)
                ? (true, Failure.Invalid("LeftReason", text["Fault.LeftReason"]))
            : (true, null);
    }

    // Only what its writer allows, and only a copy that hides words of the opinion and adds none.
    private async Task<List<Opinion>> DisplayAsync(List<Opinion> rows, string? confirmed, CancellationToken cancellationToken)
    {
        var words = await papers.WordsAsync(rows, cancellationToken);
        List<Opinion> shown = [];
        foreach (var row in rows.Where(row => row.MayDisplay))
        {
            if (words.TryGetValue(row.Id, out var written)
                && MaskedCopy.Of(written, confirmed ?? MaskedCopy.Propose(written)) is { } copy)
            {
                row.State = OpinionState.Displayed;
                row.StateReason = null;
                row.DisplayText = copy.Text;
                row.DisplayedAt ??= clock.GetUtcNow();
                shown.Add(row);
            }
        }

        return shown;
    }

    private async Task<List<Opinion>> ClusterAsync(
        Consultation consultation, List<Opinion> rows, OpinionActInput input, CancellationToken cancellationToken)
    {
        var valid = rows.FindAll(row => row.State is OpinionState.Displayed or OpinionState.Kept);
        if (valid.Count == 0)
        {
            return valid;
        }

        var cluster = input.ClusterId is { } id
            ? await db.OpinionClusters.SingleOrDefaultAsync(row => row.Id == id && row.ConsultationId == consultation.Id, cancellationToken)
            : new OpinionCluster { Id = Guid.CreateVersion7(clock.GetUtcNow()), ConsultationId = consultation.Id, Name = input.ClusterName };
        if (cluster is null)
        {
            return [];
        }

        if (input.ClusterId is null)
        {
            db.OpinionClusters.Add(cluster);
        }

        valid.ForEach(row => row.ClusterId = cluster.Id);
        return valid;
    }

    private Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}
