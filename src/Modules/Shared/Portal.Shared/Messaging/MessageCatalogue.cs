using System.Collections.Frozen;
using System.Reflection;
using MediatR;
using Portal.Shared.Decisions;
using Portal.Shared.Modules;

namespace Portal.Shared.Messaging;

/// <summary>Which notifications exist and which module handles which, found once in the modules' assemblies.</summary>
public sealed class MessageCatalogue
{
    private readonly FrozenDictionary<string, Type> _types;
    private readonly FrozenDictionary<Type, Consumer[]> _consumers;

    /// <summary>Reads the assemblies of <paramref name="modules"/> and the contracts that they reference.</summary>
    /// <exception cref="InvalidOperationException">A module has two handlers of one fact.</exception>
    public MessageCatalogue(ModuleRegistry modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var contracts = modules.All
            .SelectMany(module => module.Assembly.GetReferencedAssemblies())
            .Where(name => name.Name is { } text
                && text.StartsWith("Portal.", StringComparison.Ordinal)
                && text.EndsWith(".Contracts", StringComparison.Ordinal))
            .DistinctBy(name => name.Name)
            .Select(Assembly.Load)
            .Append(typeof(DecisionTaken).Assembly);
        _types = contracts
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(INotification)))
            .ToFrozenDictionary(type => type.FullName!);
        _consumers = modules.All
            .SelectMany(module => module.Assembly.GetTypes()
                .Where(type => type is { IsAbstract: false, IsClass: true })
                .SelectMany(type => type.GetInterfaces()
                    .Where(face => face.IsGenericType
                        && face.GetGenericTypeDefinition() == typeof(INotificationHandler<>))
                    .Select(face => (Fact: face.GenericTypeArguments[0], Consumer: new Consumer(module, type)))))
            .GroupBy(pair => pair.Fact, pair => pair.Consumer)
            .ToFrozenDictionary(group => group.Key, group => OneOfEachModule(group.Key, [.. group]));
    }

    /// <summary>Every notification by full name.</summary>
    public IReadOnlyDictionary<string, Type> Types => _types;

    /// <summary>The handlers of a notification, at most one a module.</summary>
    public IReadOnlyList<Consumer> ConsumersOf(Type fact) => _consumers.GetValueOrDefault(fact, []);

    // Its row in the inbox says that the module has handled the fact, not which of its handlers did.
    private static Consumer[] OneOfEachModule(Type fact, Consumer[] consumers) =>
        consumers.GroupBy(consumer => consumer.Module).FirstOrDefault(own => own.Skip(1).Any()) is { } many
            ? throw new InvalidOperationException(
                $"{many.Key.Name} has more than one handler of {fact.FullName}: {string.Join(", ", many.Select(consumer => consumer.Handler.FullName))}.")
            : consumers;

    /// <summary>A module's handler of a fact.</summary>
    public sealed record Consumer(IModule Module, Type Handler);
}
