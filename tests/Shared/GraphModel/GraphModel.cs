using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace PstMigration.Tests;

/// <summary>
/// Checks JSON against the service's own description of its types: unknown properties, wrong types, nulls where none may be, unknown
/// members of enumerations, wrong formats of times and bytes. Open types are treated as closed.
/// </summary>
internal sealed partial class GraphModel
{
    private const string Namespace = "microsoft.graph.";

    private readonly IEdmModel _model;

    private GraphModel(IEdmModel model) => _model = model;

    /// <summary>Reads the CSDL at a path.</summary>
    public static GraphModel Load(string path)
    {
        using XmlReader reader = XmlReader.Create(new System.IO.StringReader(Complete(System.IO.File.ReadAllText(path))));
        return CsdlReader.TryParse(reader, out IEdmModel model, out IEnumerable<Microsoft.OData.Edm.Validation.EdmError> errors)
            ? new GraphModel(model)
            : throw new GraphModelException(string.Join("; ", errors));
    }

    /// <summary>
    /// The excerpt lacks open extensions, which the service's description has; and it is older than two properties of folders that the reference has since 2026-08 (resources/mailboxfolder, api/mailbox-list-folders), and
    /// than the archives v1.0 is announced to name.
    /// </summary>
    private static string Complete(string csdl)
    {
        const string Navigation = "<NavigationProperty Name=\"extensions\" Type=\"Collection(graph.extension)\" ContainsTarget=\"true\" />";
        const string Types = "<EntityType Name=\"extension\" BaseType=\"graph.entity\" Abstract=\"true\" />"
            + "<EntityType Name=\"openTypeExtension\" BaseType=\"graph.extension\" OpenType=\"true\"><Property Name=\"extensionName\" Type=\"Edm.String\" Nullable=\"false\" /></EntityType>"
            + "<EntityType Name=\"attachmentBase\" BaseType=\"graph.entity\" Abstract=\"true\"><Property Name=\"contentType\" Type=\"Edm.String\" /><Property Name=\"lastModifiedDateTime\" Type=\"Edm.DateTimeOffset\" /><Property Name=\"name\" Type=\"Edm.String\" /><Property Name=\"size\" Type=\"Edm.Int32\" Nullable=\"false\" /></EntityType>"
            + "<EntityType Name=\"taskFileAttachment\" BaseType=\"graph.attachmentBase\"><Property Name=\"contentBytes\" Type=\"Edm.Binary\" /></EntityType>";
        const string Files = "<NavigationProperty Name=\"attachments\" Type=\"Collection(graph.attachmentBase)\" ContainsTarget=\"true\" />";
        const string OfFolders = "<EntityType Name=\"mailboxFolder\" BaseType=\"graph.entity\">";
        const string OfSettings = "<EntityType Name=\"exchangeSettings\" BaseType=\"graph.entity\">";
        csdl = csdl.Replace(OfFolders, OfFolders + "<Property Name=\"wellKnownName\" Type=\"Edm.String\" /><Property Name=\"parentMailboxUrl\" Type=\"Edm.String\" />", StringComparison.Ordinal)
            .Replace(OfSettings, OfSettings + "<Property Name=\"inPlaceArchiveMailboxId\" Type=\"Edm.String\" />", StringComparison.Ordinal);
        int task = csdl.IndexOf("<EntityType Name=\"todoTask\"", StringComparison.Ordinal);
        int end = csdl.IndexOf("</EntityType>", task, StringComparison.Ordinal);
        return csdl.Insert(end, Navigation + Files).Insert(task, Types);
    }

    /// <summary>An entity type by its short name.</summary>
    public IEdmEntityType Entity(string name) => (IEdmEntityType)(_model.FindDeclaredType(Namespace + name) ?? throw new GraphModelException("No type " + name));

    /// <summary>The navigation property of a type, or null.</summary>
    public static IEdmNavigationProperty? Navigation(IEdmEntityType type, string name) => type.FindProperty(name) as IEdmNavigationProperty;

    /// <summary>The action or function that may be called on a type or a collection of it, or null.</summary>
    public IEdmOperation? Operation(IEdmEntityType type, bool collection, string name) => _model.SchemaElements.OfType<IEdmOperation>()
        .Where(o => o.Name == name && o.IsBound)
        .FirstOrDefault(o =>
        {
            IEdmType bound = o.Parameters.First().Type.Definition;
            IEdmType element = bound is IEdmCollectionType c ? c.ElementType.Definition : bound;
            return bound is IEdmCollectionType == collection && element is IEdmEntityType e && (type == e || type.InheritsFrom(e));
        });

    /// <summary>Checks an object of a type or one derived from it.</summary>
    public void CheckObject(JsonElement value, IEdmStructuredType declared, string at, bool isAnswer)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new GraphModelException($"{at}: an object is expected, not {value}");
        }

        IEdmStructuredType type = Actual(value, declared, at);
        bool removed = value.TryGetProperty("@removed", out _);
        if (type.IsAbstract && !removed)
        {
            throw new GraphModelException($"{at}: {type.FullTypeName()} is abstract, @odata.type is needed");
        }

        if (isAnswer && type is IEdmEntityType && !value.TryGetProperty("id", out _) && !type.FullTypeName().EndsWith("exchangeSettings", StringComparison.Ordinal))
        {
            throw new GraphModelException($"{at}: an entity in an answer has an id");
        }

        // Open types are treated as closed, but for the one that is there to hold anything.
        bool isOpen = type.FullTypeName().EndsWith(".openTypeExtension", StringComparison.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject().Where(p => !p.Name.Contains('@', StringComparison.Ordinal) && (!isOpen || type.FindProperty(p.Name) is not null)))
        {
            IEdmProperty found = type.FindProperty(property.Name)
                ?? throw new GraphModelException($"{at}: {type.FullTypeName()} has no property '{property.Name}'");
            CheckValue(property.Value, found.Type, at + "/" + property.Name, isAnswer);
        }
    }

    /// <summary>Checks any value.</summary>
    public void CheckValue(JsonElement value, IEdmTypeReference type, string at, bool isAnswer)
    {
        if (type.IsCollection())
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                throw new GraphModelException($"{at}: an array is expected, not {value}");
            }

            int index = 0;
            foreach (JsonElement element in value.EnumerateArray())
            {
                CheckValue(element, type.AsCollection().ElementType(), at + "[" + index++.ToString(CultureInfo.InvariantCulture) + "]", isAnswer);
            }
        }
        else if (value.ValueKind == JsonValueKind.Null)
        {
            if (!type.IsNullable)
            {
                throw new GraphModelException($"{at}: may not be null");
            }
        }
        else if (type.Definition is IEdmStructuredType structured)
        {
            CheckObject(value, structured, at, isAnswer);
        }
        else if (!(type.Definition is IEdmEnumType members ? IsMember(value, members) : IsPrimitive(value, type.PrimitiveKind())))
        {
            throw new GraphModelException($"{at}: {value.GetRawText()} is no {type.FullName()}");
        }
    }

    private static bool IsMember(JsonElement value, IEdmEnumType type) =>
        value.ValueKind == JsonValueKind.String && type.Members.Any(m => m.Name == value.GetString());

    private static bool IsPrimitive(JsonElement value, EdmPrimitiveTypeKind kind) => kind switch
    {
        EdmPrimitiveTypeKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        EdmPrimitiveTypeKind.Int32 => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        EdmPrimitiveTypeKind.Int64 => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        EdmPrimitiveTypeKind.Double => value.ValueKind == JsonValueKind.Number,
        EdmPrimitiveTypeKind.DateTimeOffset => value.ValueKind == JsonValueKind.String && Time().IsMatch(value.GetString()!),
        EdmPrimitiveTypeKind.Binary or EdmPrimitiveTypeKind.Stream => value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out _),
        _ => value.ValueKind == JsonValueKind.String,
    };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Time();

    private IEdmStructuredType Actual(JsonElement value, IEdmStructuredType declared, string at)
    {
        if (!value.TryGetProperty("@odata.type", out JsonElement name))
        {
            return declared;
        }

        return _model.FindDeclaredType(name.GetString()!.TrimStart('#')) is IEdmStructuredType actual && (actual == declared || actual.InheritsFrom(declared))
            ? actual
            : throw new GraphModelException($"{at}: {name} is no {declared.FullTypeName()}");
    }
}
