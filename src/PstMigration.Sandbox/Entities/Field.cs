using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>One property of an entity: how an answer gives it and, unless it is read-only, how a request sets it.</summary>
internal sealed record Field<T>(string Name, Action<GraphCall, Utf8JsonWriter, T> Write, Action<JsonElement, T>? Read = null)
{
    /// <summary>Whether it is given where no <c>$select</c> names it.</summary>
    public bool ByDefault { get; init; } = true;
}

/// <summary>The properties of an entity, and the names of others it may be expanded by.</summary>
internal sealed class FieldSet<T>(string type, IReadOnlyList<Field<T>> fields, params string[] navigation)
{
    /// <summary>Refuses a <c>$select</c> that names something the type does not have.</summary>
    public void Check(IReadOnlyCollection<string>? select)
    {
        string? unknown = select?.FirstOrDefault(n => !Is(n, "id") && !fields.Any(f => Is(f.Name, n)) && !navigation.Any(v => Is(v, n)));
        if (unknown is not null)
        {
            throw GraphException.Query($"Parsing OData Select and Expand failed: Could not find a property named '{unknown}' on type 'microsoft.graph.{type}'.");
        }
    }

    /// <summary>Refuses an <c>$expand</c> the type does not have.</summary>
    public void Check(IReadOnlyList<ExpandOption> expand)
    {
        ExpandOption? unknown = expand.FirstOrDefault(e => !navigation.Any(n => Is(n, e.Name)));
        if (unknown is not null)
        {
            throw GraphException.Query($"Parsing OData Select and Expand failed: Could not find a property named '{unknown.Name}' on type 'microsoft.graph.{type}'.");
        }
    }

    /// <summary>Writes what is selected.</summary>
    public void Write(GraphCall call, Utf8JsonWriter writer, T row, IReadOnlyCollection<string>? select)
    {
        foreach (Field<T> field in fields)
        {
            if (select is null ? field.ByDefault : select.Any(n => Is(n, field.Name)))
            {
                field.Write(call, writer, row);
            }
        }
    }

    /// <summary>
    /// Sets what a request gives. What is read-only is ignored, as the service ignores it; what the type does not have is refused.
    /// </summary>
    public void Read(JsonElement body, T row)
    {
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (fields.FirstOrDefault(f => f.Name == property.Name) is Field<T> field)
            {
                field.Read?.Invoke(property.Value, row);
            }
            else if (property.Name != "id" && !navigation.Contains(property.Name))
            {
                Json.Unknown(property, type);
            }
        }
    }

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
