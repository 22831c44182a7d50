namespace MediatR;

/// <summary>Common root of every request.</summary>
public interface IBaseRequest
{
}

/// <summary>A request that answers nothing.</summary>
public interface IRequest : IBaseRequest
{
}

/// <summary>A request that answers <typeparamref name="TResponse"/>.</summary>
public interface IRequest<out TResponse> : IBaseRequest
{
}

/// <summary>A fact that any number of handlers may react to.</summary>
public interface INotification
{
}

/// <summary>A request that answers a stream of <typeparamref name="TResponse"/>.</summary>
public interface IStreamRequest<out TResponse>
{
}
