/**
 * Lines as public systems write them, none of which the constants were chosen by, and the events they are. Written down by hand, in the form of the public
 * logs of these systems; where their published template is known for sure, it is the event's name.
 */

export interface PublicSystem {
  readonly system: string;
  /** Lines by event. */
  readonly events: Readonly<Record<string, readonly string[]>>;
}

const zookeeper = (at: string, place: string, message: string): string => `2015-07-29 ${at},747 - INFO  [${place}] - ${message}`;
const openstack = (at: string, message: string): string =>
  `nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:${at}.008 25746 INFO nova.osapi_compute.wsgi.server [req-38101a0b-2096-447d-96ea-a692162415ae 113d3a99c3da401fbd62cc2caa5b96d2 54fadb412c4e40cdbaed9335e4c35a9e - - -] ${message}`;
const instance = (at: string, id: string, message: string): string =>
  `nova-compute.log.1.2017-05-16_13:55:31 2017-05-16 00:00:${at}.500 2931 INFO nova.compute.manager [req-3ea4052c-895d-4b64-9e2d-04d64c4d94ab - - - - -] [instance: ${id}] ${message}`;
const thunderbird = (second: string, node: string, message: string): string =>
  `- 11315664${second} 2005.11.09 ${node} Nov 9 12:01:${second} ${node}/${node} ${message}`;
const windows = (second: string, part: string, message: string): string =>
  `2016-09-28 04:30:${second}, Info                  ${part}    ${message}`;
const android = (at: string, tag: string, message: string): string => `03-17 16:13:${at}  1702  2395 D ${tag}: ${message}`;
const mac = (second: string, message: string): string => `Jul  1 09:00:${second} calvisitor-10-105-160-95 ${message}`;
const proxifier = (second: string, message: string): string => `[10.30 16:49:${second}] ${message}`;
const hpc = (id: string, node: string, rest: string): string => `${id} ${node} ${rest}`;

export const publicSystems: readonly PublicSystem[] = [
  {
    system: 'Zookeeper',
    events: {
      'Notification time out: <*>': [
        zookeeper('17:41:44', 'QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774', 'Notification time out: 3200'),
        zookeeper('17:42:44', 'QuorumPeer[myid=2]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774', 'Notification time out: 6400'),
      ],
      'Received connection request /<*>:<*>': [
        zookeeper('19:04:12', '/10.10.34.11:3888:QuorumCnxManager$Listener@493', 'Received connection request /10.10.34.11:45307'),
        zookeeper('19:04:29', '/10.10.34.13:3888:QuorumCnxManager$Listener@493', 'Received connection request /10.10.34.12:51330'),
      ],
      'Send worker leaving thread': [
        zookeeper('19:13:17', 'SendWorker:188978561024:QuorumCnxManager$SendWorker@688', 'Send worker leaving thread'),
        zookeeper('19:13:18', 'SendWorker:188978561024:QuorumCnxManager$SendWorker@688', 'Send worker leaving thread'),
      ],
      'Closed socket connection for client /<*>:<*> (no session established for client)': [
        zookeeper(
          '19:21:02',
          'NIOServerCxn.Factory:0.0.0.0/0.0.0.0:2181:NIOServerCnxn@1001',
          'Closed socket connection for client /10.10.34.13:40203 (no session established for client)',
        ),
        zookeeper(
          '19:21:09',
          'NIOServerCxn.Factory:0.0.0.0/0.0.0.0:2181:NIOServerCnxn@1001',
          'Closed socket connection for client /10.10.34.12:33442 (no session established for client)',
        ),
      ],
      'Closed socket connection for client /<*>:<*> which had sessionid <*>': [
        zookeeper(
          '19:21:12',
          'NIOServerCxn.Factory:0.0.0.0/0.0.0.0:2181:NIOServerCnxn@1001',
          'Closed socket connection for client /10.10.34.11:59937 which had sessionid 0x14ed93111f20057',
        ),
        zookeeper(
          '19:22:12',
          'NIOServerCxn.Factory:0.0.0.0/0.0.0.0:2181:NIOServerCnxn@1001',
          'Closed socket connection for client /10.10.34.11:59938 which had sessionid 0x24ed93111f2005a',
        ),
      ],
    },
  },
  {
    system: 'OpenStack',
    events: {
      'a request': [
        openstack(
          '00',
          '10.11.10.1 "GET /v2/54fadb412c4e40cdbaed9335e4c35a9e/servers/detail HTTP/1.1" status: 200 len: 1893 time: 0.2477829',
        ),
        openstack(
          '04',
          '10.11.10.1 "GET /v2/54fadb412c4e40cdbaed9335e4c35a9e/servers/b9000564 HTTP/1.1" status: 200 len: 1708 time: 0.2577829',
        ),
      ],
      '[instance: <*>] VM Started (Lifecycle Event)': [
        instance('04', 'b9000564-fe1a-409b-b8cc-1e88b294cd1d', 'VM Started (Lifecycle Event)'),
        instance('14', '96abccce-8d1f-4e07-b6d1-4b2ab87e23b4', 'VM Started (Lifecycle Event)'),
      ],
      '[instance: <*>] VM Paused (Lifecycle Event)': [
        instance('05', 'b9000564-fe1a-409b-b8cc-1e88b294cd1d', 'VM Paused (Lifecycle Event)'),
        instance('15', '96abccce-8d1f-4e07-b6d1-4b2ab87e23b4', 'VM Paused (Lifecycle Event)'),
      ],
      '[instance: <*>] During sync_power_state the instance has a pending task (spawning). Skip.': [
        instance('06', 'b9000564-fe1a-409b-b8cc-1e88b294cd1d', 'During sync_power_state the instance has a pending task (spawning). Skip.'),
      ],
      '[instance: <*>] Took <*> seconds to build instance.': [
        instance('07', 'b9000564-fe1a-409b-b8cc-1e88b294cd1d', 'Took 20.58 seconds to build instance.'),
        instance('17', '96abccce-8d1f-4e07-b6d1-4b2ab87e23b4', 'Took 19.30 seconds to build instance.'),
      ],
    },
  },
  {
    system: 'Thunderbird',
    events: {
      'session closed for user <*>': [
        thunderbird('01', 'dn228', 'crond(pam_unix)[2915]: session closed for user root'),
        thunderbird('02', 'dn3', 'crond(pam_unix)[2907]: session closed for user admin'),
      ],
      'session opened for user <*> by (uid=<*>)': [
        thunderbird('03', 'dn228', 'crond(pam_unix)[2915]: session opened for user root by (uid=0)'),
        thunderbird('04', 'dn700', 'crond(pam_unix)[2912]: session opened for user admin by (uid=0)'),
      ],
      'data_thread() got not answer from any [Thunderbird_C5] datasource': [
        thunderbird(
          '05',
          'tbird-admin1',
          '/apps/x86_64/system/ganglia-3.0.1/sbin/gmetad[1682]: data_thread() got not answer from any [Thunderbird_C5] datasource',
        ),
      ],
      'synchronized to <*>, stratum <*>': [
        thunderbird('06', 'dn261', 'ntpd[26190]: synchronized to 10.100.20.250, stratum 3'),
        thunderbird('07', 'dn731', 'ntpd[15870]: synchronized to 10.100.22.250, stratum 3'),
      ],
    },
  },
  {
    system: 'Windows',
    events: {
      'SQM: Initializing online with Windows opt-in: False': [windows('30', 'CBS', 'SQM: Initializing online with Windows opt-in: False')],
      'SQM: Requesting upload of all unsent reports.': [windows('31', 'CBS', 'SQM: Requesting upload of all unsent reports.')],
      'Session: <*> initialized by client WindowsUpdateAgent.': [
        windows('32', 'CBS', 'Session: 30546174_1684063208 initialized by client WindowsUpdateAgent.'),
        windows('33', 'CBS', 'Session: 30546174_1684219209 initialized by client WindowsUpdateAgent.'),
      ],
      'Warning: Unrecognized packageExtended attribute.': [windows('34', 'CBS', 'Warning: Unrecognized packageExtended attribute.')],
      'Expecting attribute name [HRESULT = <*> - CBS_E_MANIFEST_INVALID_ITEM]': [
        windows('35', 'CBS', 'Expecting attribute name [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]'),
        windows('36', 'CBS', 'Expecting attribute name [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]'),
      ],
    },
  },
  {
    system: 'Android',
    events: {
      'a lock is acquired': [
        android(
          '38.819',
          'PowerManagerService',
          'acquire lock=233570404, flags=0x1, tag="View Lock", name=com.android.systemui, ws=null, uid=10037, pid=2227',
        ),
        android(
          '38.900',
          'PowerManagerService',
          'acquire lock=189667585, flags=0x1, tag="View Lock", name=com.android.systemui, ws=null, uid=10037, pid=2227',
        ),
      ],
      'a lock is released': [
        android(
          '39.819',
          'PowerManagerService',
          'release:lock=233570404, flg=0x0, tag="View Lock", name=com.android.systemui", ws=null, uid=10037, pid=2227',
        ),
        android(
          '39.900',
          'PowerManagerService',
          'release:lock=189667585, flg=0x0, tag="View Lock", name=com.android.systemui", ws=null, uid=10037, pid=2227',
        ),
      ],
      'a token is skipped': [
        android(
          '40.001',
          'WindowManager',
          'Skipping AppWindowToken{df0798e token=Token{78af589 ActivityRecord{3b04890 u0 com.tencent.qt.qtl/com.tencent.video.player.activity.PlayerActivity t761}}} -- going to hide',
        ),
        android(
          '40.101',
          'WindowManager',
          'Skipping AppWindowToken{9f4ef63 token=Token{a64f992 ActivityRecord{de9231d u0 com.tencent.qt.qtl/.activity.info.NewsDetailXmlActivity t761}}} -- going to hide',
        ),
      ],
    },
  },
  {
    system: 'Mac',
    events: {
      'a packet': [
        mac('55', 'kernel[0]: IOThunderboltSwitch<0>(0x0)::listenerCallback - Thunderbolt HPD packet for route = 0x0 port = 11 unplug = 0'),
        mac('56', 'kernel[0]: IOThunderboltSwitch<0>(0x0)::listenerCallback - Thunderbolt HPD packet for route = 0x0 port = 12 unplug = 1'),
      ],
      'Previous sleep cause: <*>': [mac('57', 'kernel[0]: Previous sleep cause: 5'), mac('58', 'kernel[0]: Previous sleep cause: 3')],
      'a state of power': [
        mac('59', 'kernel[0]: ARPT: 620701.011328: AirPort_Brcm43xx::syncPowerState: WWEN[enabled]'),
        mac('59', 'kernel[0]: ARPT: 621131.293163: AirPort_Brcm43xx::syncPowerState: WWEN[enabled]'),
      ],
    },
  },
  {
    system: 'Proxifier',
    events: {
      open: [
        ...['proxy.cse.cuhk.edu.hk:5070', 'get.sogou.com:80', 'clients4.google.com:443', 'mail.google.com:443', 'play.google.com:443'].map(
          (host) => proxifier('06', `chrome.exe - ${host} open through proxy proxy.cse.cuhk.edu.hk:5070 HTTPS`),
        ),
        ...['get.sogou.com:80', 'clients4.google.com:443'].map((host) =>
          proxifier('07', `chrome.exe *64 - ${host} open through proxy socks.cse.cuhk.edu.hk:5070 HTTPS`),
        ),
      ],
      close: [
        proxifier('08', 'chrome.exe - proxy.cse.cuhk.edu.hk:5070 close, 0 bytes sent, 0 bytes received, lifetime 00:01'),
        proxifier(
          '09',
          'chrome.exe - proxy.cse.cuhk.edu.hk:5070 close, 1190 bytes (1.16 KB) sent, 1671 bytes (1.63 KB) received, lifetime 00:02',
        ),
        proxifier('10', 'chrome.exe - proxy.cse.cuhk.edu.hk:5070 close, 451 bytes sent, 18846 bytes (18.4 KB) received, lifetime <1 sec'),
      ],
    },
  },
  {
    system: 'HPC',
    events: {
      'a component is unavailable': [
        hpc(
          '2568643',
          'node-70',
          String.raw`unix.hw state_change.unavailable 1074119817 1 Component State Change: Component \042SCSI-WWID:01000010:6005-08b4-0001-00c6-0006-3000-003d-0000\042 is in the unavailable state (HWID=1973)`,
        ),
        hpc(
          '2568644',
          'node-71',
          String.raw`unix.hw state_change.unavailable 1074119818 1 Component State Change: Component \042SCSI-WWID:01000010:6005-08b4-0001-00c6-0006-3000-003e-0000\042 is in the unavailable state (HWID=1974)`,
        ),
      ],
      'clusterAddMember  (command <*>)': [
        hpc('134681', 'node-246', 'action start 1075319817 1 clusterAddMember  (command 1902)'),
        hpc('134682', 'node-152', 'action start 1075319818 1 clusterAddMember  (command 2015)'),
      ],
      'the speeds of fans': [
        hpc('460903', 'node-235', 'node psu 1127171200 1 Fan speeds ( 3552 3534 3375 4245 3515 3479 )'),
        hpc('460904', 'node-236', 'node psu 1127171201 1 Fan speeds ( 3552 3552 3391 4245 3515 3497 )'),
      ],
    },
  },
];
