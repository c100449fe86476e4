using System.Collections.ObjectModel;
using System.Management.Automation;
using PstMigration.Commands;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>Shadow copies of Windows (<c>Win32_ShadowCopy</c>), by the engine's own CIM cmdlets. They take an elevated process.</summary>
/// <param name="cmdlet">Whose engine runs them.</param>
internal sealed class ShadowCopies(AsyncCommand cmdlet) : IVolumeSnapshots
{
    private const string Create = """
        param($volume)
        $made = Invoke-CimMethod -ClassName Win32_ShadowCopy -MethodName Create -Arguments @{ Volume = $volume; Context = 'ClientAccessible' } -ErrorAction Stop
        if ($made.ReturnValue -ne 0) { throw "Win32_ShadowCopy.Create: $($made.ReturnValue)" }
        Get-CimInstance -ClassName Win32_ShadowCopy -Filter "ID='$($made.ShadowID)'" -ErrorAction Stop | ForEach-Object { $_.ID; $_.DeviceObject }
        """;

    private const string Remove = "param($id) Get-CimInstance -ClassName Win32_ShadowCopy -Filter \"ID='$id'\" | Remove-CimInstance";

    public async Task<IVolumeSnapshot> CreateAsync(string path, CancellationToken cancellationToken)
    {
        if (Path.DirectorySeparatorChar != '\\')
        {
            throw new MailDataException(PstErrorIds.PstInUse, Strings.NoShadowCopies);
        }

        string volume = Path.GetPathRoot(path)!;
        try
        {
            Collection<PSObject> made = await cmdlet.OnEngineAsync(Create, volume).ConfigureAwait(false);
            return made.Count == 2
                ? new Snapshot(cmdlet, (string)made[0].BaseObject, (string)made[1].BaseObject + "\\" + path.Substring(volume.Length))
                : throw new MailDataException(PstErrorIds.PstInUse, Strings.NoShadowCopies);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw new MailDataException(PstErrorIds.PstInUse, e.Message, e);
        }
    }

    private sealed class Snapshot(AsyncCommand cmdlet, string id, string path) : IVolumeSnapshot
    {
        public string Path => path;

        public async ValueTask DisposeAsync() => await cmdlet.OnEngineAsync(Remove, id).ConfigureAwait(false);
    }
}
