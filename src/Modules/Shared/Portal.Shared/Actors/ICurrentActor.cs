using Portal.Shared.Outcomes;

namespace Portal.Shared.Actors;

/// <summary>Who is asking. Null for the public.</summary>
public interface ICurrentActor
{
    /// <summary>The signed-in person, read from the server-side session of this request.</summary>
    Actor? Actor { get; }
}

/// <summary>A request that only somebody with a permission may make.</summary>
public interface IRequirePermission
{
    /// <summary>The permission; its scope is checked by the handler against the object.</summary>
    static abstract Permission Permission { get; }
}

/// <summary>A request that anybody may make: it reads what is public.</summary>
public interface IPublicRequest;

/// <summary>Keeps refused attempts for the trail.</summary>
public interface IRefusals
{
    /// <summary>Records that the current actor was refused <paramref name="request"/>, on <paramref name="about"/>.</summary>
    Task RecordAsync(string request, FailureObject? about, CancellationToken cancellationToken);
}
