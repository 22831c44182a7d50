namespace Portal.Shared.Actors;

/// <summary>A role that a grant gives on a site subtree or a channel subtree.</summary>
public enum Role
{
    /// <summary>信息员: writes and submits.</summary>
    Author,

    /// <summary>初审: gives the first review.</summary>
    FirstReviewer,

    /// <summary>审核: gives the second review.</summary>
    SecondReviewer,

    /// <summary>审发: releases.</summary>
    Releaser,

    /// <summary>责任编辑: in charge of a channel and its cycle.</summary>
    ChannelEditor,

    /// <summary>网站管理员: a site's channels, facts and people.</summary>
    SiteManager,

    /// <summary>省级管理员: sites, settings, people of the province.</summary>
    ProvincialAdmin,

    /// <summary>审计员: reads everything, writes nothing.</summary>
    Auditor,

    /// <summary>信息公开承办人: keeps the directory, receives and handles requests for information.</summary>
    RequestOfficer,

    /// <summary>信息公开负责人: head of the disclosure office; does the same and approves extensions, fees and answers.</summary>
    RequestHead,

    /// <summary>信箱管理员: reads letters first, gives them to units, publishes answered ones.</summary>
    LetterOfficer,

    /// <summary>来信承办人: handles the letters that the unit was given.</summary>
    LetterHandler,

    /// <summary>来信负责人: approves replies and extensions.</summary>
    LetterHead,

    /// <summary>互动编辑: prepares consultations, surveys and interviews.</summary>
    InteractionEditor,

    /// <summary>纠错承办人: routes and handles reports of errors.</summary>
    ErrorReportHandler,

    /// <summary>舆情专员: keeps the register of public opinion.</summary>
    OpinionOfficer,
}

/// <summary>Which permissions a role carries.</summary>
public static class RolePermissions
{
    /// <summary>The permissions of <paramref name="role"/>.</summary>
    public static IReadOnlySet<Permission> Of(Role role) => Table[role];

    private static readonly Dictionary<Role, IReadOnlySet<Permission>> Table = new()
    {
        [Role.Author] = Set(Permission.WriteDocuments),
        [Role.FirstReviewer] = Set(Permission.FirstReview),
        [Role.SecondReviewer] = Set(Permission.SecondReview),
        [Role.Releaser] = Set(Permission.Release, Permission.PublishInEmergency),
        [Role.ChannelEditor] = Set(
            Permission.WriteDocuments, Permission.ManageChannels, Permission.ManageDisclosure),
        [Role.SiteManager] = Set(
            Permission.ManageChannels, Permission.ManageSite, Permission.ManageStaff, Permission.ImportDocuments,
            Permission.ReadTrail, Permission.ManageDisclosure),
        [Role.ProvincialAdmin] = Set(
            Permission.ManageChannels, Permission.ManageSite, Permission.ManageSites, Permission.ManageStaff,
            Permission.ManageSettings, Permission.ImportDocuments, Permission.ReadTrail, Permission.ManageDisclosure),
        [Role.Auditor] = Set(Permission.ReadTrail),
        [Role.RequestOfficer] = Set(Permission.HandleRequests, Permission.ManageDisclosure),
        [Role.RequestHead] = Set(
            Permission.HandleRequests, Permission.DecideRequests, Permission.ManageDisclosure),
        [Role.LetterOfficer] = Set(Permission.ScreenLetters),
        [Role.LetterHandler] = Set(Permission.HandleLetters),
        [Role.LetterHead] = Set(Permission.HandleLetters, Permission.DecideLetters),
        [Role.InteractionEditor] = Set(
            Permission.ManageConsultations, Permission.ManageSurveys, Permission.ManageInterviews),
        [Role.ErrorReportHandler] = Set(Permission.HandleErrorReports),
        [Role.OpinionOfficer] = Set(Permission.ManageHotTopics),
    };

    private static HashSet<Permission> Set(params Permission[] permissions) => [Permission.UseConsole, .. permissions];
}
