using Microsoft.OData.Edm;

namespace PstMigration.Tests;

/// <summary>What a URL below /v1.0 names, walked segment by segment through the model.</summary>
internal sealed class GraphModelPath
{
    /// <summary>The entity, or the entities of the collection; null where the model describes nothing (photo bytes, counts).</summary>
    public IEdmEntityType? Type { get; private set; }

    public bool IsCollection { get; private set; }

    /// <summary>The action or function at the end.</summary>
    public IEdmOperation? Operation { get; private set; }

    /// <summary>Walks.</summary>
    /// <exception cref="GraphModelException">A segment the model does not know.</exception>
    public static GraphModelPath Walk(GraphModel model, IReadOnlyList<string> segments)
    {
        Dictionary<string, string> ofUsers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["mailFolders"] = "mailFolder",
            ["messages"] = "message",
            ["contactFolders"] = "contactFolder",
            ["contacts"] = "contact",
            ["calendars"] = "calendar",
            ["calendar"] = "calendar",
            ["events"] = "event",
            ["todo"] = "todoTaskList",
        };
        GraphModelPath path = new();
        int first = segments[0] switch
        {
            "me" => 1,
            "users" => 2,
            "admin" => 3,
            _ => throw new GraphModelException("Unknown root " + segments[0]),
        };
        string[] rest = segments.Skip(first).ToArray();
        if (rest.Length == 0 || rest[0] is "translateExchangeIds" or "outlook")
        {
            return path;
        }

        if (segments[0] == "admin")
        {
            path.Type = model.Entity("mailbox");
            path.IsCollection = true;
        }
        else if (rest is ["settings", "exchange"])
        {
            path.Type = model.Entity("exchangeSettings");
            return path;
        }
        else
        {
            path.Type = model.Entity(ofUsers.TryGetValue(rest[0], out string? name) ? name : throw new GraphModelException("A user has no " + rest[0]));
            path.IsCollection = rest[0] != "calendar";
            rest = rest[(rest[0] == "todo" ? 2 : 1)..];
        }

        foreach (string segment in rest)
        {
            path.Step(model, segment.EndsWith("()", StringComparison.Ordinal) ? segment[..^2] : segment);
        }

        return path;
    }

    private void Step(GraphModel model, string segment)
    {
        if (Type is null || Operation is not null)
        {
            throw new GraphModelException("Nothing comes after a value: " + segment);
        }

        if (segment is "$value" or "$count")
        {
            Type = null;
        }
        else if (model.Operation(Type, IsCollection, segment) is IEdmOperation operation)
        {
            Operation = operation;
        }
        else if (IsCollection)
        {
            IsCollection = false;
        }
        else
        {
            IEdmNavigationProperty navigation = GraphModel.Navigation(Type, segment) ?? throw new GraphModelException($"{Type.Name} has no {segment}");
            Type = navigation.ToEntityType();
            IsCollection = navigation.Type.IsCollection();
        }
    }
}
