namespace Portal.Interaction.Announcements;

/// <summary>Names the texts of announcements; they are beside it.</summary>
public sealed class AnnouncementText;
