using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys;

/// <summary>What lies in an envelope.</summary>
internal sealed record SealedBallot(string Hash, IReadOnlyDictionary<string, SurveyValue> Answers);

/// <summary>The person of a real-name answer.</summary>
internal sealed record SurveyPerson(string Name, string Proof);

/// <summary>Why an answer was not taken.</summary>
internal enum SurveyRefusal
{
    /// <summary>The code or the person has answered with another form.</summary>
    Answered,

    /// <summary>The answer to be changed is not there.</summary>
    Gone,

    /// <summary>This form was sent before: what was sent first holds.</summary>
    Sent,
}

/// <summary>Keeps an answer: one insert, whatever the mode.</summary>
internal sealed class SurveyWriter(InteractionDbContext db, SurveyKeyring keyring, SurveyEnvelopes envelopes, TimeProvider clock)
{
    /// <summary>Takes an answer; null when it is taken. Sent twice, it is one, as it was sent first.</summary>
    public async Task<SurveyRefusal?> TakeAsync(
        Survey survey, SurveyPass pass, IReadOnlyDictionary<string, SurveyValue> answers, CancellationToken cancellationToken)
    {
        if (survey.Mode == SurveyMode.Anonymous)
        {
            return await PutAsync(survey, pass, answers, cancellationToken) == 1 ? null : SurveyRefusal.Sent;
        }

        return pass.AnswerId is { } id
            ? await ChangeAsync(survey, id, answers, cancellationToken)
            : await AddAsync(survey, pass, answers, cancellationToken);
    }

    // One statement by hand: at a thousand a second what a change tracker does for one row is most of the work.
    private async Task<int> PutAsync(
        Survey survey, SurveyPass pass, IReadOnlyDictionary<string, SurveyValue> answers, CancellationToken cancellationToken)
    {
        var form = Convert.ToHexStringLower(SHA256.HashData(pass.FormId.ToByteArray()));
        var content = envelopes.Seal(new SealedBallot(pass.Hash, answers));
        var day = BeijingTime.Date(clock.GetUtcNow());
        return await db.Database.ExecuteSqlAsync(
            $"""
            insert into interaction.survey_envelopes (form, site_id, survey_id, day, sealed)
            values ({form}, {survey.SiteId}, {survey.Id}, {day}, {content}) on conflict (form) do nothing
            """,
            cancellationToken);
    }

    private async Task<SurveyRefusal?> AddAsync(
        Survey survey, SurveyPass pass, IReadOnlyDictionary<string, SurveyValue> answers, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var named = survey.Mode == SurveyMode.RealName;
        var (wrapped, key) = named ? keyring.NewKey() : ("", []);
        db.SurveyAnswers.Add(new SurveyAnswer
        {
            Id = id,
            SiteId = survey.SiteId,
            SurveyId = survey.Id,
            Hash = pass.Hash,
            Holder = pass.Holder!,
            FormId = pass.FormId,
            ChangeHash = named ? await keyring.ChangeAsync(survey.Id, SecretCode.Of(pass.Seed), cancellationToken) : null,
            Sealed = named ? CaseKeyring.SealAsJson(key, id, new SurveyPerson(pass.Name!, pass.Proof!)) : null,
            SealedKey = named ? wrapped : null,
            Content = SurveyAnswers.Write(answers),
            Day = BeijingTime.Date(now),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException exception) when (
            exception.Breaks(SurveyAnswerConfiguration.OneHolder) || exception.Breaks(SurveyAnswerConfiguration.OneForm))
        {
            db.ChangeTracker.Clear();
            // A second click is the same answer; another form of the same holder is another.
            return await db.SurveyAnswers.AnyAsync(
                row => row.SurveyId == survey.Id && row.FormId == pass.FormId && row.Holder == pass.Holder, cancellationToken)
                ? SurveyRefusal.Sent : SurveyRefusal.Answered;
        }
    }

    private async Task<SurveyRefusal?> ChangeAsync(
        Survey survey, Guid id, IReadOnlyDictionary<string, SurveyValue> answers, CancellationToken cancellationToken)
    {
        var content = SurveyAnswers.Write(answers);
        var changed = await db.SurveyAnswers.Where(row => row.Id == id && row.SurveyId == survey.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Content, content).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
        return changed == 1 ? null : SurveyRefusal.Gone;
    }
}

/// <summary>Closes and opens envelopes; the keys lie outside the database.</summary>
internal sealed class SurveyEnvelopes(IDataProtectionProvider protection)
{
    // Longer ones show that they are longer, in steps of this: few answers are.
    private const int Step = 4096;

    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Interaction.Surveys.Envelope.v1");

    public byte[] Seal(SealedBallot ballot)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(ballot, SurveyJson.Options);
        var padded = new byte[(content.Length + sizeof(int) + Step - 1) / Step * Step];
        BinaryPrimitives.WriteInt32BigEndian(padded, content.Length);
        content.CopyTo(padded.AsSpan(sizeof(int)));
        return _protector.Protect(padded);
    }

    public SealedBallot Open(byte[] envelope)
    {
        var padded = _protector.Unprotect(envelope);
        return JsonSerializer.Deserialize<SealedBallot>(
            padded.AsSpan(sizeof(int), BinaryPrimitives.ReadInt32BigEndian(padded)), SurveyJson.Options)!;
    }
}
