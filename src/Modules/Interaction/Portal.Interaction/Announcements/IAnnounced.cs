namespace Portal.Interaction.Announcements;

/// <summary>
/// What an area does when the public gets one of its announcements or loses it. It is told within the transaction of the
/// fact, and may be told again: it changes its entities by what the announcement says, and neither saves nor
/// evicts pages itself: who tells it does both.
/// </summary>
internal interface IAnnounced
{
    bool Takes(AnnouncementKind kind);

    /// <summary>The public has this now; an earlier one of the same document is replaced.</summary>
    Task PublishedAsync(Announcement announcement, AnnouncedDocument document, CancellationToken cancellationToken);

    /// <summary>The document was withdrawn or removed.</summary>
    Task WithdrawnAsync(AnnouncedDocument document, CancellationToken cancellationToken);
}
