using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Portal.Interaction.Letters.Figures;

/// <summary>Adds to every save what it changes of the figures: they commit with the letters, or not at all.</summary>
internal static class LetterCounting
{
    public static void Count(InteractionDbContext db)
    {
        // A save that was refused is counted anew.
        foreach (var stale in db.ChangeTracker.Entries<LetterCountChange>().Where(entry => entry.State == EntityState.Added).ToList())
        {
            stale.State = EntityState.Detached;
        }

        foreach (var entry in db.ChangeTracker.Entries<Letter>().Where(entry => entry.State is EntityState.Added or EntityState.Modified).ToList())
        {
            db.LetterCountChanges.AddRange(LetterCountChange.Between(
                entry.State == EntityState.Added ? null : Of(entry.OriginalValues, -1), Of(entry.CurrentValues, 1)));
        }
    }

    private static LetterCountChange Of(PropertyValues letter, int sign) => LetterCountChange.Of(
        letter.GetValue<Guid>(nameof(Letter.SiteId)), letter.GetValue<Guid?>(nameof(Letter.LeadSiteId)), letter.GetValue<LetterKind>(nameof(Letter.Kind)),
        letter.GetValue<DateTimeOffset>(nameof(Letter.SubmittedAt)), letter.GetValue<LetterState>(nameof(Letter.State)),
        letter.GetValue<DateOnly?>(nameof(Letter.AcceptedOn)), letter.GetValue<DateOnly?>(nameof(Letter.RepliedOn)),
        letter.GetValue<bool?>(nameof(Letter.OnTime)), letter.GetValue<int?>(nameof(Letter.Workdays)), letter.GetValue<int?>(nameof(Letter.Rating)),
        sign);
}
