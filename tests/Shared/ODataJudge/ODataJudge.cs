using System.Text;
using System.Xml;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.UriParser;

namespace PstMigration.Tests;

/// <summary>
/// Microsoft's own OData library reads requests as a service would: paths with their keys, casts, actions and functions, query options down to nested ones, and
/// bodies, over the published CSDL of Graph v1.0.
/// </summary>
internal sealed class ODataJudge
{
    /// <summary>Names the file of the CSDL, such as clean_v10_metadata/cleanMetadata.xml of microsoftgraph/msgraph-metadata. It is large and not ours: not part of the repository.</summary>
    public const string Variable = "PSTMIGRATION_GRAPH_CSDL";

    private static readonly Lazy<ODataJudge?> s_default = new(() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? new ODataJudge(path) : null);

    private static readonly Uri s_root = new("https://graph.microsoft.com/v1.0/");

    private readonly IEdmModel _model;

    private ODataJudge(string path)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(Close(System.IO.File.ReadAllText(path))));
        _model = CsdlReader.TryParse(reader, out IEdmModel model, out IEnumerable<Microsoft.OData.Edm.Validation.EdmError> errors)
            ? model
            : throw new GraphModelException(string.Join("; ", errors));
    }

    /// <summary>The judge over the CSDL that <see cref="Variable"/> names; null where it names none.</summary>
    public static ODataJudge? Default => s_default.Value;

    /// <summary>Reads a request.</summary>
    /// <param name="method">Its HTTP method.</param>
    /// <param name="address">Its address below the version, with its query and without a slash at the start.</param>
    /// <param name="body">Its JSON; null for none.</param>
    /// <exception cref="GraphModelException">The library does not take it.</exception>
    public void Check(string method, string address, string? body)
    {
        try
        {
            Uri url = new(s_root, address);
            ODataUriParser parser = new(_model, s_root, url)
            {
                Resolver = new UnqualifiedODataUriResolver { EnableCaseInsensitive = false },
                UrlKeyDelimiter = ODataUrlKeyDelimiter.Slash,
            };
            ODataUri parsed = parser.ParseUri();
            if (body is not null)
            {
                Read(method, url, body, parsed.Path.LastSegment);
            }
        }
        catch (ODataException e)
        {
            throw new GraphModelException($"{method} /{address}: {e.Message} {body}");
        }
    }

    /// <summary>Types that take any property would hide a wrong name: all are closed but the one that is there to hold anything.</summary>
    private static string Close(string csdl) =>
        string.Join('\n', csdl.Split('\n').Select(l => l.Contains("\"openTypeExtension\"", StringComparison.Ordinal) ? l : l.Replace(" OpenType=\"true\"", "", StringComparison.Ordinal)));

    private void Read(string method, Uri url, string body, ODataPathSegment target)
    {
        ODataMessageReaderSettings settings = new() { Validations = ValidationKinds.All, Version = ODataVersion.V4 };
        settings.MessageQuotas.MaxReceivedMessageSize = long.MaxValue;
        using ODataMessageReader reader = new(new Message(method, url, body), settings, _model);
        if (target is OperationSegment operation)
        {
            Read(reader.CreateODataParameterReader(operation.Operations.Single()));
            return;
        }

        IEdmType type = target.EdmType is IEdmCollectionType many ? many.ElementType.Definition : target.EdmType;
        IEdmNavigationSource? source = target is KeySegment key ? key.NavigationSource : (target as NavigationPropertySegment)?.NavigationSource;
        Read(reader.CreateODataResourceReader(source, (IEdmStructuredType)type));
    }

    private static void Read(ODataParameterReader parameters)
    {
        while (parameters.Read())
        {
            switch (parameters.State)
            {
                case ODataParameterReaderState.Resource:
                    Read(parameters.CreateResourceReader());
                    break;
                case ODataParameterReaderState.ResourceSet:
                    Read(parameters.CreateResourceSetReader());
                    break;
                case ODataParameterReaderState.Collection:
                    ODataCollectionReader values = parameters.CreateCollectionReader();
                    while (values.Read())
                    {
                    }

                    break;
            }
        }
    }

    private static void Read(ODataReader resource)
    {
        while (resource.Read())
        {
        }
    }

    private sealed class Message(string method, Uri url, string body) : IODataRequestMessage
    {
        private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };

        public IEnumerable<KeyValuePair<string, string>> Headers => _headers;

        public Uri Url { get; set; } = url;

        public string Method { get; set; } = method;

        public string? GetHeader(string headerName) => _headers.GetValueOrDefault(headerName);

        public void SetHeader(string headerName, string headerValue) => _headers[headerName] = headerValue;

        public System.IO.Stream GetStream() => new MemoryStream(Encoding.UTF8.GetBytes(body));
    }
}
