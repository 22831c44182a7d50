namespace Portal.Host.Identity.SignIn;

/// <summary>Why a form was kept and is offered to be sent again.</summary>
public enum ResumeCause
{
    /// <summary>The session had ended.</summary>
    Expired,

    /// <summary>Its token does not prove that the person meant to send it.</summary>
    Unproven,
}
