using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Runtime.Loader;

namespace PstMigration.Module.Tests;

/// <summary>The module's assemblies, in the context the loader made for them.</summary>
internal static class StagedAssemblies
{
    private static readonly AssemblyLoadContext s_context = AssemblyLoadContext.GetLoadContext(StagedModule.Cmdlets()[0].ImplementingType.Assembly)!;

    /// <summary>Loads one.</summary>
    public static Assembly Load(string file) => s_context.LoadFromAssemblyName(AssemblyName.GetAssemblyName(file));

    /// <summary>A room's texts in exactly that language.</summary>
    public static Dictionary<string, string> Texts(Assembly room, string language)
    {
        string resources = room.GetManifestResourceNames().Single(n => n.EndsWith(".Strings.resources", StringComparison.Ordinal));
        ResourceSet? set = new ResourceManager(Path.GetFileNameWithoutExtension(resources), room)
            .GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false);
        return set?.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!) ?? [];
    }
}
